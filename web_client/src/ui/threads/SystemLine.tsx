/** What happened to the thread's subject, between its messages. The server names it; the words are the reader's. */
import type { JSX } from 'preact';

import { formatTime, has, t } from '../../i18n';
import type { ThreadEvent } from '../../state/model';

type SystemEvent = Extract<ThreadEvent, { kind: 'state' | 'joined' }>;

export function SystemLine({ event }: { event: SystemEvent }): JSX.Element {
  const words = event.kind === 'state' ? (event.text ?? '') : '';
  return (
    <li class="system-line">
      <span>{systemText(event)}</span> <time class="figures">{formatTime(event.at)}</time>
      {words !== '' && <q class="system-words" dir="auto">{words}</q>}
    </li>
  );
}

/** The most exact sentence there is: `event.<code>.<by>` or `….named`, else `event.<code>`, else that something changed. */
export function systemText(event: SystemEvent): string {
  if (event.kind === 'joined') return t('event.joined');
  const params = event.params ?? {};
  const isNamed = (params['name'] ?? '') !== '';
  const kind = params['by'] ?? (isNamed ? 'named' : '');
  const keys = [`event.${event.code}.${kind}`, `event.${event.code}`];
  const found = keys.find((key) => has(key));
  return found !== undefined && has(found) ? t(found, params) : t('event.unknown');
}
