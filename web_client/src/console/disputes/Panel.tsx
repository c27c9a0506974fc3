/** The list and the case; or what is shown where there is neither. */
import type { JSX } from 'preact';

import { t } from '../../i18n';
import { Button } from '../../ui/parts/Button';
import { EmptyState } from '../../ui/parts/EmptyState';
import { AlertIcon, ScaleIcon } from '../../ui/parts/icons';
import { SkeletonRows } from '../../ui/parts/Skeleton';
import { refusalText } from '../../ui/refusals';
import { CasePane } from './CasePane';
import { useDocket } from './context';
import { List } from './List';

export function Panel(): JSX.Element {
  const docket = useDocket();
  const [page, refusal] = [docket.list.value.value, docket.list.refusal.value];
  const current = docket.current.value;

  if (page === null && refusal !== null) {
    return (
      <EmptyState icon={AlertIcon} title={refusalText(refusal)}>
        <Button onClick={() => void docket.list.refresh()}>{t('common.retry')}</Button>
      </EmptyState>
    );
  }
  if (page === null) return <SkeletonRows label={t('common.loading')} />;
  const isEmpty = page.disputes.length === 0;
  if (isEmpty && current === null) return <Nothing />;
  return (
    <div class={`entries${docket.isOpen.value ? ' entries-open' : ''}`}>
      {isEmpty ? <div class="entries-list"><Nothing compact /></div> : <List disputes={page.disputes} hasMore={(page.next ?? '') !== ''} />}
      {current === null ? (
        <div class="entries-none">
          <EmptyState icon={ScaleIcon} title={t('console.disputes.choose')} text={t('console.disputes.choose.text')} />
        </div>
      ) : (
        <CasePane key={current} id={current} />
      )}
    </div>
  );
}

function Nothing({ compact = false }: { compact?: boolean }): JSX.Element {
  const tab = useDocket().tab.value;
  return <EmptyState icon={ScaleIcon} title={t(`console.disputes.empty.${tab}`)} text={t(`console.disputes.empty.${tab}.text`)} compact={compact} />;
}
