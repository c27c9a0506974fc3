/** The shop's own hours, holidays, and what buyers are told meanwhile. */
import type { JSX } from 'preact';
import { useCallback, useState } from 'preact/hooks';

import { t } from '../../i18n';
import type { ShopHours } from '../../protocol/generated';
import { codePoints } from '../../protocol/texts';
import { Button } from '../../ui/parts/Button';
import { Dialog } from '../../ui/parts/Dialog';
import { EmptyState } from '../../ui/parts/EmptyState';
import { AlertIcon } from '../../ui/parts/icons';
import { SkeletonRows } from '../../ui/parts/Skeleton';
import { showToast } from '../../ui/parts/Toast';
import { refusalText, tellRefusal } from '../../ui/refusals';
import { useDesk } from '../desk-context';
import { Holidays } from './Holidays';
import { bodyOf, draftOf, isReady, MOST_REPLY, type HoursDraft } from './hours';
import { useFound } from './use-found';
import { Week } from './Week';
import { ZoneField } from './ZoneField';
import './hours.css';

export interface HoursDialogProps {
  onClose: () => void;
}

export function HoursDialog({ onClose }: HoursDialogProps): JSX.Element {
  const { figures } = useDesk();
  const shop = figures.shop.value ?? '';
  const ask = useCallback(() => figures.complaints.hours(shop), [figures, shop]);
  const { thing, refusal, again } = useFound(ask);
  if (thing !== null) return <Writing key={thing.revision} shop={shop} hours={thing} onClose={onClose} onStale={again} />;
  return (
    <Dialog title={t('inbox.hours')} onClose={onClose}>
      {refusal === null ? (
        <SkeletonRows rows={6} label={t('common.loading')} />
      ) : (
        <EmptyState icon={AlertIcon} title={t('inbox.hours.error')} text={refusalText(refusal)}>
          <Button onClick={again}>{t('common.retry')}</Button>
        </EmptyState>
      )}
    </Dialog>
  );
}

interface WritingProps extends HoursDialogProps {
  shop: string;
  hours: ShopHours;
  /** Somebody else was faster: what he wrote is fetched. */
  onStale: () => void;
}

function Writing({ shop, hours, onClose, onStale }: WritingProps): JSX.Element {
  const { figures } = useDesk();
  const [draft, setDraft] = useState(() => begun(hours));
  const [isBusy, setBusy] = useState(false);
  const change = (parts: Partial<HoursDraft>): void => {
    setDraft((before) => ({ ...before, ...parts }));
  };

  const save = async (): Promise<void> => {
    setBusy(true);
    try {
      await figures.complaints.putHours(shop, bodyOf(draft, hours.revision));
      onClose();
      showToast({ text: t('inbox.hours.saved'), tone: 'good' });
    } catch (thrown) {
      tellRefusal(thrown);
      setBusy(false);
      onStale();
    }
  };

  return (
    <Dialog
      title={t('inbox.hours')}
      onClose={onClose}
      foot={
        <>
          <Button kind="quiet" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button kind="primary" busy={isBusy} disabled={!isReady(draft)} onClick={() => void save()}>
            {t('common.save')}
          </Button>
        </>
      }
    >
      <div class="hours">
        <OfShop shop={shop} />
        <ZoneField zone={draft.zone} onChange={(zone) => { change({ zone }); }} />
        <Week days={draft.days} onChange={(days) => { change({ days }); }} />
        <Holidays holidays={draft.holidays} left={hours.days_left} onChange={(holidays) => { change({ holidays }); }} />
        <AutoReply text={draft.autoReply} onChange={(autoReply) => { change({ autoReply }); }} />
      </div>
    </Dialog>
  );
}

/** Whose hours these are, for who has several shops. */
function OfShop({ shop }: { shop: string }): JSX.Element | null {
  const { shops } = useDesk().client.chat.value;
  const name = shops.find(({ id }) => id === shop)?.name;
  if (shops.length < 2 || name === undefined) return null;
  return (
    <p class="hours-label">
      <bdi>{name}</bdi>
    </p>
  );
}

/** Where nothing was ever said, it is this browser's zone that is meant. */
function begun(hours: ShopHours): HoursDraft {
  const draft = draftOf(hours);
  return hours.revision === 0 ? { ...draft, zone: new Intl.DateTimeFormat().resolvedOptions().timeZone } : draft;
}

function AutoReply({ text, onChange }: { text: string; onChange: (text: string) => void }): JSX.Element {
  const isLong = codePoints(text) > MOST_REPLY;
  return (
    <label class="hours-part">
      <span class="hours-label">{t('inbox.hours.reply')}</span>
      <textarea
        class="hours-field"
        rows={3}
        dir={text === '' ? undefined : 'auto'}
        value={text}
        aria-invalid={isLong}
        onInput={({ currentTarget }) => {
          onChange(currentTarget.value);
        }}
      />
      <span class="quiet">{isLong ? t('composer.too_long', { count: codePoints(text) - MOST_REPLY }) : t('inbox.hours.reply.text')}</span>
    </label>
  );
}
