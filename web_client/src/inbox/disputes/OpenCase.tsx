/** The case that the address asks for: on its way, not there, or shown. */
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';

import { t } from '../../i18n';
import { refusalOf, type Refusal } from '../../protocol/refusal';
import { Button } from '../../ui/parts/Button';
import { EmptyState } from '../../ui/parts/EmptyState';
import { AlertIcon } from '../../ui/parts/icons';
import { SkeletonRows } from '../../ui/parts/Skeleton';
import { refusalText } from '../../ui/refusals';
import { useDesk } from '../desk-context';
import { CaseBack } from './CaseHead';
import { ComplaintCase } from './ComplaintCase';
import { DisputeCase } from './DisputeCase';
import type { Shelf } from './spot';

export interface OpenCaseProps {
  shelf: Shelf;
  id: string;
  isNarrow: boolean;
}

export function OpenCase({ shelf, id, isNarrow }: OpenCaseProps): JSX.Element {
  const { disputes } = useDesk();
  const shop = disputes.shop.value ?? '';
  const cases = disputes[shelf];
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const isThere = cases.of(shop).kind === 'there';
  const isFound = cases.find(shop, id) !== undefined;

  // Further down in the list than it was fetched.
  const isMissing = isThere && !isFound && refusal === null;
  useEffect(() => {
    if (!isMissing) return;
    cases.look(shop, id).catch((thrown: unknown) => {
      setRefusal(refusalOf(thrown));
    });
  }, [isMissing, cases, shop, id]);

  if (!isFound) {
    return (
      <div class="docket-case">
        <header class="thread-head">{isNarrow && <CaseBack />}</header>
        {refusal === null ? (
          <SkeletonRows rows={5} label={t('common.loading')} />
        ) : (
          <EmptyState icon={AlertIcon} title={t('inbox.disputes.missing')} text={refusalText(refusal)}>
            <Button onClick={() => { setRefusal(null); }}>{t('common.retry')}</Button>
          </EmptyState>
        )}
      </div>
    );
  }
  return shelf === 'disputes' ? <ShownDispute shop={shop} id={id} isNarrow={isNarrow} /> : <ShownComplaint shop={shop} id={id} isNarrow={isNarrow} />;
}

interface ShownProps {
  shop: string;
  id: string;
  isNarrow: boolean;
}

function ShownDispute({ shop, id, isNarrow }: ShownProps): JSX.Element | null {
  const view = useDesk().disputes.disputes.find(shop, id);
  return view === undefined ? null : <DisputeCase view={view} shop={shop} isNarrow={isNarrow} />;
}

function ShownComplaint({ shop, id, isNarrow }: ShownProps): JSX.Element | null {
  const view = useDesk().disputes.complaints.find(shop, id);
  return view === undefined ? null : <ComplaintCase view={view} shop={shop} isNarrow={isNarrow} />;
}
