/** A seller does not answer: all that is to be said of it is there already, a word may be added, one press sends it. */
import type { JSX } from 'preact';
import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';

import { formatWhen, t } from '../../i18n';
import type { ComplaintOptions } from '../../protocol/generated';
import { refusalOf, type Refusal } from '../../protocol/refusal';
import { useClient } from '../../ui/client';
import { WordsArea } from '../../ui/complaints/WordsArea';
import { EvidenceWriting } from '../../ui/disputes/writing';
import { Button } from '../../ui/parts/Button';
import { EmptyState } from '../../ui/parts/EmptyState';
import { AlertIcon, ClockIcon, FlagIcon } from '../../ui/parts/icons';
import { SkeletonRows } from '../../ui/parts/Skeleton';
import { showToast } from '../../ui/parts/Toast';
import { refusalText, tellRefusal } from '../../ui/refusals';
import { ConnectionBanner } from '../../ui/threads/ConnectionBanner';
import '../disputes/room.css';
import { Head } from '../Head';
import type { Place } from '../widget';
import { useWidget } from '../widget-context';
import { useComplaints } from './of';
import { Unanswered } from './Unanswered';

export function ComplainingScreen({ place }: { place: Place }): JSX.Element | null {
  return place.kind === 'complaining' ? <Complaining key={place.thread} thread={place.thread} /> : null;
}

function Complaining({ thread }: { thread: string }): JSX.Element {
  const [found, again] = useOptions(thread);
  const options = found instanceof Error ? null : found;
  return (
    <>
      <Head title={t('complaint.new')} note={options === null ? undefined : <bdi>{options.shop.name}</bdi>} />
      <ConnectionBanner />
      {found === null && <SkeletonRows rows={4} label={t('common.loading')} />}
      {found instanceof Error && (
        <EmptyState icon={AlertIcon} title={t('complaint.error')} text={refusalText(found)}>
          <Button onClick={again}>{t('common.retry')}</Button>
        </EmptyState>
      )}
      {options !== null && (options.allowed ? <Form options={options} onRefused={again} /> : <NotNow options={options} />)}
    </>
  );
}

function Form({ options, onRefused }: { options: ComplaintOptions; onRefused: () => void }): JSX.Element {
  const widget = useWidget();
  const client = useClient();
  const mine = useComplaints();
  const { thread_id: thread } = options;
  const writing = useMemo(() => new EvidenceWriting(client, `complaining:${thread}`), [client, thread]);
  const [isBusy, setBusy] = useState(false);

  const send = async (): Promise<void> => {
    if (isBusy || !writing.isWhole.value) return;
    setBusy(true);
    try {
      const { id } = await mine.open(thread, writing.body().text ?? '', writing.keyOf('open'));
      writing.forget();
      showToast({ text: t('complaint.sent'), tone: 'good' });
      widget.replace({ kind: 'complaint', id });
    } catch (thrown) {
      tellRefusal(thrown);
      setBusy(false);
      if (!refusalOf(thrown).retryable) onRefused();
    }
  };
  return (
    <form
      class="dispute-overview scroll"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <p class="complaint-lead">{t('complaint.new.text')}</p>
      <Unanswered facts={options} />
      <section class="dispute-part">
        <WordsArea writing={writing} label={t('complaint.words')} note={t('dispute.optional')} />
        <Button kind="primary" type="submit" wide icon={FlagIcon} busy={isBusy} disabled={!writing.isWhole.value}>
          {t('complaint.send')}
        </Button>
      </section>
    </form>
  );
}

/** No complaint may be made now: why, and from when. */
function NotNow({ options }: { options: ComplaintOptions }): JSX.Element {
  const widget = useWidget();
  const { reason = '', allowed_from: from, complaint_id: complaint, thread_id: thread } = options;
  return (
    <EmptyState
      icon={ClockIcon}
      title={t(`complaint.no.${reason === '' ? 'answered' : reason}`)}
      text={from === undefined ? undefined : t('complaint.no.from', { date: formatWhen(from) })}
    >
      {complaint === undefined ? (
        <Button onClick={() => { widget.replace({ kind: 'thread', id: thread }); }}>{t('complaint.thread')}</Button>
      ) : (
        <Button kind="primary" onClick={() => { widget.replace({ kind: 'complaint', id: complaint }); }}>{t('complaint.show')}</Button>
      )}
    </EmptyState>
  );
}

/** Whether one may complain now, as the server knows it. */
function useOptions(thread: string): [ComplaintOptions | Refusal | null, () => void] {
  const { api } = useComplaints();
  const [found, setFound] = useState<ComplaintOptions | Refusal | null>(null);
  const load = useCallback(() => {
    setFound(null);
    api.options(thread).then(setFound, (thrown: unknown) => { setFound(refusalOf(thrown)); });
  }, [api, thread]);
  useEffect(load, [load]);
  return [found, load];
}
