/** Messages that were found, in place of the list. */
import type { JSX } from 'preact';

import { t } from '../../i18n';
import type { DeskHit } from '../../protocol/generated';
import { HitRow, SearchResults as Results } from '../../ui/parts/SearchResults';
import { authorName } from '../../ui/threads/author';
import { useDesk } from './desk-context';
import { customerName, holderOf } from './names';
import './thread-row.css';

export function SearchResults(): JSX.Element {
  const { finding } = useDesk();
  return <Results class="desk-scroll" words="console.desk.search" rank="h3" finding={finding} draw={(hit) => <Hit hit={hit} />} />;
}

function Hit({ hit }: { hit: DeskHit }): JSX.Element {
  const desk = useDesk();
  const { thread, message } = hit;
  const name = customerName(thread.customer);
  const author = message.author === desk.me ? t('common.you') : authorName(message, name);
  return (
    <HitRow
      class="desk-row"
      desk={desk}
      hit={hit}
      name={name}
      avatar={32}
      author={message.side === 'customer' ? null : author}
      query={desk.finding.query.value}
    >
      <span class="desk-row-holder clip">{holderOf(thread, desk.me)}</span>
    </HitRow>
  );
}
