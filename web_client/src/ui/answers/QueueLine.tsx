/** Somebody waits for a person: where he stands, or when people are back. Nothing that is not known is said. */
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';

import type { SupportStatus } from '../../protocol/generated';
import { t } from '../../i18n';
import type { Thread } from '../../state/model';
import { isSupport } from '../../state/select';
import { Banner } from '../parts/Banner';
import { ClockIcon, HourglassIcon } from '../parts/icons';
import { useStatus } from '../use-status';
import { queueText } from './note';

/** Asks whether people answer to this topic now. */
export type StatusOf = (topic: string) => Promise<SupportStatus>;

export function QueueLine({ thread, statusOf }: { thread: Thread; statusOf: StatusOf }): JSX.Element | null {
  const { view, queue } = thread;
  if (!isSupport(view)) return null;
  if (view.state === 'queued') return <Banner icon={HourglassIcon}>{queueText(queue)}</Banner>;
  return view.state === 'queued_offline' ? <Away topic={view.topic ?? ''} statusOf={statusOf} /> : null;
}

function Away({ topic, statusOf }: { topic: string; statusOf: StatusOf }): JSX.Element {
  const ask = useMemo(() => () => statusOf(topic), [topic, statusOf]);
  const status = useStatus(ask);
  // Where they are back already, the queue says so in a moment.
  const isKnown = status !== null && !status.open && status.text !== '';
  return <Banner icon={ClockIcon}>{isKnown ? status.text : t('support.queued_offline')}</Banner>;
}
