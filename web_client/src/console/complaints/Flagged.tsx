/** Shops of which too many complaints were upheld. */
import type { JSX } from 'preact';
import { useCallback } from 'preact/hooks';

import { t } from '../../i18n';
import { formatDate } from '../../i18n/more';
import type { FlaggedShop } from '../../protocol/generated';
import { Badge } from '../../ui/parts/Badge';
import { Button } from '../../ui/parts/Button';
import { EmptyState } from '../../ui/parts/EmptyState';
import { AlertIcon, FlagIcon } from '../../ui/parts/icons';
import { SkeletonRows } from '../../ui/parts/Skeleton';
import { refusalText } from '../../ui/refusals';
import { useLoaded } from '../use-loaded';
import { useComplaints } from './context';
import { Figure } from './ShopFacts';

export function Flagged(): JSX.Element {
  const { api } = useComplaints();
  const { value, refusal, reload } = useLoaded(useCallback(() => api.flaggedShops(), [api]));
  if (value === null) {
    if (refusal === null) return <SkeletonRows label={t('common.loading')} />;
    return (
      <EmptyState icon={AlertIcon} title={refusalText(refusal)}>
        <Button onClick={reload}>{t('common.retry')}</Button>
      </EmptyState>
    );
  }
  if (value.shops.length === 0) {
    return <EmptyState icon={FlagIcon} title={t('console.complaints.empty.flagged')} text={t('console.complaints.empty.flagged.text')} />;
  }
  return (
    <ul class="scroll flagged-all" tabIndex={0} aria-label={t('console.complaints.flagged')}>
      {value.shops.map((flagged) => (
        <Shop key={flagged.shop.id} flagged={flagged} />
      ))}
    </ul>
  );
}

function Shop({ flagged: { shop, upheld, since, until, response } }: { flagged: FlaggedShop }): JSX.Element {
  return (
    <li class="flagged">
      <div class="flagged-head">
        <h3>
          <bdi>{shop.name}</bdi>
        </h3>
        <Badge tone="danger" icon={FlagIcon}>{t('console.complaints.flagged.upheld', { count: upheld })}</Badge>
      </div>
      <p class="quiet">{t('console.complaints.flagged.span', { since: formatDate(since), until: formatDate(until) })}</p>
      <Figure response={response} />
    </li>
  );
}
