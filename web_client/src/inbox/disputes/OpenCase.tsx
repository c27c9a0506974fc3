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
  const [missed, setMissed] = useState<Refusal | null>(null);
  const listed = cases.of(shop);
  const isThere = listed.kind === 'there';
  const refusal = listed.kind === 'failed' ? listed.refusal : missed;
  const isFound = cases.find(shop, id) !== undefined;

  // Further down in the list than it was fetched.
  const isMissing = isThere && !isFound && missed === null;
  useEffect(() => {
    if (!isMissing) return;
    cases.look(shop, id).catch((thrown: unknown) => {
      setMissed(refusalOf(thrown));
    });
  }, [isMissing, cases, shop, id]);

  const again = (): void => {
    setMissed(null);
    if (!isThere) void cases.fetch(shop);
  };
  if (!isFound) {
    return (
      <div class="docket-case">
        <header class="thread-head">{isNarrow && <CaseBack />}</header>
        {refusal === null ? (
          <SkeletonRows rows={5} label={t('common.loading')} />
        ) : (
          <EmptyState icon={AlertIcon} title={t('inbox.disputes.missing')} text={refusalText(refusal)}>
            <Button onClick={again}>{t('common.retry')}</Button>
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
