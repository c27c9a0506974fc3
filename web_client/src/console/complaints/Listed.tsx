/** A list of the complaints' room that is read at once: what stands in for it while it loads, where it failed, and where it is empty. */
import type { ComponentChildren, JSX } from 'preact';

import { t } from '../../i18n';
import { Button } from '../../ui/parts/Button';
import { EmptyState } from '../../ui/parts/EmptyState';
import { AlertIcon, FlagIcon } from '../../ui/parts/icons';
import { SkeletonRows } from '../../ui/parts/Skeleton';
import { refusalText } from '../../ui/refusals';
import { useLoaded } from '../use-loaded';

interface ListedProps<Item> {
  name: 'flagged' | 'reported';
  /** Keeps its identity. */
  load: () => Promise<Item[]>;
  children: (item: Item, reload: () => void) => ComponentChildren;
}

export function Listed<Item>({ name, load, children }: ListedProps<Item>): JSX.Element {
  const { value, refusal, reload } = useLoaded(load);
  if (value === null) {
    if (refusal === null) return <SkeletonRows label={t('common.loading')} />;
    return (
      <EmptyState icon={AlertIcon} title={refusalText(refusal)}>
        <Button onClick={reload}>{t('common.retry')}</Button>
      </EmptyState>
    );
  }
  if (value.length === 0) {
    return <EmptyState icon={FlagIcon} title={t(`console.complaints.empty.${name}`)} text={t(`console.complaints.empty.${name}.text`)} />;
  }
  return (
    <ul class="scroll flagged-all" tabIndex={0} aria-label={t(`console.complaints.${name}`)}>
      {value.map((item) => children(item, reload))}
    </ul>
  );
}
