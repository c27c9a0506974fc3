/** What a room shows of something that has to come first: its shape, what went wrong, then the thing itself. */
import type { JSX } from 'preact';

import { t } from '../i18n';
import { Button } from '../ui/parts/Button';
import { EmptyState } from '../ui/parts/EmptyState';
import { AlertIcon } from '../ui/parts/icons';
import { SkeletonRows } from '../ui/parts/Skeleton';
import { refusalText } from '../ui/refusals';
import type { Loaded } from './use-loaded';

export interface ShownProps<Value> {
  loaded: Loaded<Value>;
  children: (value: Value) => JSX.Element;
}

/** What came once stays while it is asked for again. */
export function Shown<Value>({ loaded: { value, refusal, reload }, children }: ShownProps<Value>): JSX.Element {
  if (value !== null) return children(value);
  if (refusal === null) return <SkeletonRows label={t('common.loading')} />;
  return (
    <EmptyState icon={AlertIcon} title={refusalText(refusal)}>
      <Button onClick={reload}>{t('common.retry')}</Button>
    </EmptyState>
  );
}
