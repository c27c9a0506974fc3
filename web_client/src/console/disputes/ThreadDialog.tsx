/** A conversation that is looked into because of a case or complaint. That somebody looked is kept. */
import type { JSX } from 'preact';

import { t } from '../../i18n';
import type { DisputeView } from '../../protocol/generated';
import type { ThreadEvent } from '../../state/model';
import { Banner } from '../../ui/parts/Banner';
import { Button } from '../../ui/parts/Button';
import { Dialog } from '../../ui/parts/Dialog';
import { EmptyState } from '../../ui/parts/EmptyState';
import { AlertIcon } from '../../ui/parts/icons';
import { EyeIcon } from '../../ui/parts/icons-desk';
import { SkeletonRows } from '../../ui/parts/Skeleton';
import { refusalText } from '../../ui/refusals';
import { useLoaded } from '../use-loaded';
import { Said } from './Said';

export interface ThreadDialogProps {
  title: string;
  parties: Pick<DisputeView, 'buyer' | 'shop'>;
  /** It must keep its identity. */
  load: () => Promise<readonly ThreadEvent[]>;
  onClose: () => void;
}

export function ThreadDialog({ title, parties, load, onClose }: ThreadDialogProps): JSX.Element {
  const { value, refusal, reload } = useLoaded(load);
  return (
    <Dialog title={title} look="sheet" onClose={onClose}>
      <Banner icon={EyeIcon}>{t('console.disputes.looked')}</Banner>
      {value === null && refusal === null && <SkeletonRows label={t('common.loading')} />}
      {value === null && refusal !== null && (
        <EmptyState icon={AlertIcon} title={refusalText(refusal)} compact>
          <Button size="s" onClick={reload}>{t('common.retry')}</Button>
        </EmptyState>
      )}
      {value?.length === 0 && <p class="quiet">{t('console.disputes.words.none')}</p>}
      {value !== null && <Said events={value} parties={parties} withSteps />}
    </Dialog>
  );
}
