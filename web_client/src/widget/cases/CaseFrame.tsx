/** The screen of one case: its name and shop above, and what stands in for it until it is there. */
import type { ComponentChildren, JSX } from 'preact';

import { t } from '../../i18n';
import { Button } from '../../ui/parts/Button';
import { EmptyState } from '../../ui/parts/EmptyState';
import { AlertIcon } from '../../ui/parts/icons';
import { SkeletonRows } from '../../ui/parts/Skeleton';
import { refusalText } from '../../ui/refusals';
import { ConnectionBanner } from '../../ui/threads/ConnectionBanner';
import { Head } from '../Head';
import type { Looked } from './use-case';

interface CaseFrameProps<View> {
  title: string;
  /** Said above the reason where it could not be fetched. */
  fault: string;
  looked: Looked<View>;
  children: (view: View) => ComponentChildren;
}

export function CaseFrame<View extends { shop: { name: string } }>({ title, fault, looked, children }: CaseFrameProps<View>): JSX.Element {
  const { view, refusal, look } = looked;
  return (
    <>
      <Head title={title} note={view === undefined ? undefined : <bdi>{view.shop.name}</bdi>} />
      <ConnectionBanner />
      {view === undefined && refusal === null && <SkeletonRows rows={4} label={t('common.loading')} />}
      {view === undefined && refusal !== null && (
        <EmptyState icon={AlertIcon} title={fault} text={refusalText(refusal)}>
          <Button onClick={look}>{t('common.retry')}</Button>
        </EmptyState>
      )}
      {view !== undefined && children(view)}
    </>
  );
}
