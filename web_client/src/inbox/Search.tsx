/** The search field, and what was found instead of the list. */
import type { JSX } from 'preact';

import { t } from '../i18n';
import { otherName } from '../state/select';
import { FindingField, HitRow, SearchResults as Results } from '../ui/parts/SearchResults';
import { useDesk } from './desk-context';
import { Topic } from './ThreadRow';

export function SearchField(): JSX.Element {
  return <FindingField finding={useDesk().finding} label={t('inbox.search.label')} placeholder={t('inbox.search.placeholder')} />;
}

export function SearchResults(): JSX.Element {
  const desk = useDesk();
  return (
    <Results
      class="list-scroll"
      words="inbox.search"
      rank="h2"
      finding={desk.finding}
      draw={(hit) => (
        <HitRow
          desk={desk}
          hit={hit}
          name={otherName(hit.thread)}
          avatar={36}
          author={hit.message.side === hit.thread.my_side ? t('common.you') : null}
          query={desk.finding.query.value}
        >
          <Topic view={hit.thread} />
        </HitRow>
      )}
    />
  );
}
