/** Why this number: the rule in words, the sum of it, and every rating with what became of it. */
import type { JSX } from 'preact';
import { useCallback, useMemo, useState } from 'preact/hooks';

import { formatNumber, t } from '../../i18n';
import { formatDate } from '../../i18n/more';
import type { RatingExplained, SellerCard } from '../../protocol/generated';
import { Button } from '../../ui/parts/Button';
import { Dialog } from '../../ui/parts/Dialog';
import { EmptyState } from '../../ui/parts/EmptyState';
import { AlertIcon } from '../../ui/parts/icons';
import { SkeletonRows } from '../../ui/parts/Skeleton';
import { panelId, tabId, Tabs } from '../../ui/parts/Tabs';
import { refusalText } from '../../ui/refusals';
import { usePages } from '../../ui/use-pages';
import { useDesk } from '../desk-context';
import { linesOf, SECTIONS, type Line, type Section } from './explained';
import { ExplainedLines } from './ExplainedLines';
import { dayOf, percent, signed } from './figures';
import './explained.css';

export interface ExplainedProps {
  shop: string;
  onClose: () => void;
}

export function Explained({ shop, onClose }: ExplainedProps): JSX.Element {
  const { api } = useDesk().reviews;
  const load = useCallback(async () => ({ items: [await api.explained(shop)], next: '' }), [api, shop]);
  const { items, refusal, again } = usePages<RatingExplained>(load);
  const found = items?.[0];
  return (
    <Dialog title={t('inbox.reviews.why')} size="l" onClose={onClose}>
      {refusal !== null && (
        <EmptyState icon={AlertIcon} title={t('inbox.reviews.error')} text={refusalText(refusal)}>
          <Button onClick={again}>{t('common.retry')}</Button>
        </EmptyState>
      )}
      {refusal === null && found === undefined && <SkeletonRows rows={6} label={t('common.loading')} />}
      {found !== undefined && <Account found={found} onClose={onClose} />}
    </Dialog>
  );
}

function Account({ found, onClose }: { found: RatingExplained; onClose: () => void }): JSX.Element {
  const [section, setSection] = useState<Section>('window');
  const lines = useMemo(() => linesOf(found.ratings), [found]);
  const { reviews } = useDesk();
  return (
    <div class="explained">
      <Rules found={found} />
      <Tabs
        label={t('inbox.reviews.why.ratings')}
        name="why-"
        items={SECTIONS.map((id) => ({ id, label: `${t(`inbox.reviews.why.${id}`)} (${formatNumber(lines[id].length)})` }))}
        current={section}
        onPick={setSection}
      />
      <div id={panelId('why-', section)} role="tabpanel" aria-labelledby={tabId('why-', section)}>
        <p class="explained-lead">{leadOf(section, lines[section])}</p>
        <ExplainedLines
          key={section}
          lines={lines[section]}
          label={t(`inbox.reviews.why.${section}`)}
          onOpen={(review) => {
            onClose();
            reviews.visit({ shop: found.card.shop.id, review });
          }}
        />
      </div>
    </div>
  );
}

function Rules({ found: { card, since } }: { found: RatingExplained }): JSX.Element {
  return (
    <>
      <p class="explained-sum figures">{sumOf(card)}</p>
      <ul class="explained-rules">
        <li>{t('inbox.reviews.why.since', { date: formatDate(dayOf(since)) })}</li>
        <li>{t('inbox.reviews.why.tones')}</li>
        <li>{t('inbox.reviews.why.merging')}</li>
        <li>{t('inbox.reviews.why.new')}</li>
        <li>{t('inbox.reviews.why.score', { score: signed(card.score) })}</li>
      </ul>
    </>
  );
}

function leadOf(section: Section, lines: readonly Line[]): string {
  const merged = lines.filter(({ kind }) => kind === 'merged').length;
  const what = t(`inbox.reviews.why.${section}.text`);
  return section === 'excluded' ? what : `${what} ${t('inbox.reviews.why.counts', { counted: lines.length - merged, merged })}`;
}

/** The formula with this shop's numbers in it. */
function sumOf({ is_new: isNew, per_mille: perMille, positive, negative, neutral }: SellerCard): string {
  if (isNew) return t('inbox.reviews.why.sum.new', { groups: positive + neutral + negative });
  if (perMille === null) return t('inbox.reviews.why.sum.none', { neutral });
  return t('inbox.reviews.why.sum', { positive, negative, percent: percent(perMille) });
}
