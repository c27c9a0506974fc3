/** Shops of which too many complaints were upheld. */
import type { JSX } from 'preact';
import { useCallback } from 'preact/hooks';

import { t } from '../../i18n';
import { formatDate } from '../../i18n/more';
import type { FlaggedShop } from '../../protocol/generated';
import { Badge } from '../../ui/parts/Badge';
import { FlagIcon } from '../../ui/parts/icons';
import { useComplaints } from './context';
import { Listed } from './Listed';
import { Figure } from './ShopFacts';

export function Flagged(): JSX.Element {
  const { api } = useComplaints();
  const load = useCallback(async () => (await api.flaggedShops()).shops, [api]);
  return (
    <Listed name="flagged" load={load}>
      {(flagged) => <Shop key={flagged.shop.id} flagged={flagged} />}
    </Listed>
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
