/** What could not be answered, grouped, the most asked first: one click to an entry, to a phrasing, or away. */
import type { JSX } from 'preact';
import { useCallback, useState } from 'preact/hooks';

import { formatRelative, locale, t } from '../../i18n';
import type { FaqCluster, FaqShelf, TurnRef } from '../../protocol/generated';
import { Button } from '../../ui/parts/Button';
import { EmptyState } from '../../ui/parts/EmptyState';
import { CircleCheckIcon } from '../../ui/parts/icons';
import { showToast } from '../../ui/parts/Toast';
import { tellRefusal } from '../../ui/refusals';
import { useConsole } from '../context';
import { Shown } from '../Shown';
import { useLoaded } from '../use-loaded';
import { blank, nameOf, titleOf, withPhrasings, type Wish } from './drafts';

interface ListProps {
  shelf: FaqShelf;
  onEdit: (wish: Wish) => void;
}

export function UnansweredList({ shelf, onEdit }: ListProps): JSX.Element {
  const { api } = useConsole();
  const load = useCallback(() => api.unanswered(), [api]);
  const loaded = useLoaded(load);
  const dismiss = (turns: readonly TurnRef[]): void => {
    api.dismiss(turns).then(() => {
      showToast({ text: t('console.dismissed'), tone: 'good' });
      loaded.reload();
    }, tellRefusal);
  };
  return (
    <Shown loaded={loaded}>
      {({ clusters }) =>
        clusters.length === 0 ? (
          <EmptyState icon={CircleCheckIcon} title={t('console.unanswered.none')} text={t('console.unanswered.none.text')} />
        ) : (
          <ol class="clusters scroll">
            {clusters.map((cluster) => (
              <li key={`${cluster.turns[0]?.thread_id ?? ''} ${String(cluster.turns[0]?.seq ?? 0)}`}>
                <Cluster
                  cluster={cluster}
                  shelf={shelf}
                  onEdit={onEdit}
                  onDismiss={() => {
                    dismiss(cluster.turns);
                  }}
                />
              </li>
            ))}
          </ol>
        )
      }
    </Shown>
  );
}

interface ClusterProps extends ListProps {
  cluster: FaqCluster;
  onDismiss: () => void;
}

function Cluster({ cluster, shelf, onEdit, onDismiss }: ClusterProps): JSX.Element {
  const { count, unhelpful, examples, language, nearest, turns, last_at: lastAt } = cluster;
  const [entry, setEntry] = useState(shelf.entries.some(({ id }) => id === nearest) ? nearest : '');
  const known = shelf.entries.filter(({ removed }) => removed !== true);
  return (
    <article class="cluster">
      <header class="cluster-head">
        <strong class="figures">{t('console.unanswered.asked', { count })}</strong>
        {unhelpful > 0 && <span class="cluster-note">{t('console.unanswered.unhelpful', { count: unhelpful })}</span>}
        <span class="quiet">{language}</span>
        <span class="quiet">{formatRelative(lastAt)}</span>
      </header>
      <ul class="cluster-examples">
        {examples.map((example) => (
          <li key={example} dir="auto">
            {example}
          </li>
        ))}
      </ul>
      <div class="cluster-foot">
        <label class="cluster-entry">
          <span class="unseen">{t('console.unanswered.entry')}</span>
          <select
            value={entry}
            onChange={({ currentTarget }) => {
              setEntry(currentTarget.value);
            }}
          >
            <option value="">{t('console.unanswered.choose')}</option>
            {known.map(({ id }) => (
              <option key={id} value={id}>
                {titleOf(shelf, id, locale.value)}
              </option>
            ))}
          </select>
        </label>
        <Button
          size="s"
          disabled={entry === ''}
          onClick={() => {
            onEdit({ kind: 'entry', id: entry, add: { language, phrasings: examples }, settles: turns });
          }}
        >
          {t('console.unanswered.add')}
        </Button>
        <Button
          size="s"
          onClick={() => {
            const begun = { ...blank(), id: nameOf(examples[0] ?? '') };
            onEdit({ kind: 'new', entry: withPhrasings(begun, language, examples), settles: turns });
          }}
        >
          {t('console.entry.new')}
        </Button>
        <Button size="s" kind="quiet" onClick={onDismiss}>
          {t('console.dismiss')}
        </Button>
      </div>
    </article>
  );
}
