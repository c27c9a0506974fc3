/** What happened to the thread's subject, between its messages. */
import type { JSX } from 'preact';

import { formatTime } from '../../i18n';
import { systemText, type SystemEvent } from './system-text';

export function SystemLine({ event }: { event: SystemEvent }): JSX.Element {
  const words = event.kind === 'state' ? (event.text ?? '') : '';
  return (
    <li class="system-line">
      <span>{systemText(event)}</span> <time class="figures">{formatTime(event.at)}</time>
      {words !== '' && <q class="system-words" dir="auto">{words}</q>}
    </li>
  );
}
