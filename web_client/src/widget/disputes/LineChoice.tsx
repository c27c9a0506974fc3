/** What of an order something is wrong with; asked only where it has several things. */
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';

import { t } from '../../i18n';
import type { OrderView } from '../../protocol/generated';
import { refusalOf, type Refusal } from '../../protocol/refusal';
import { useClient } from '../../ui/client';
import { EmptyState } from '../../ui/parts/EmptyState';
import { AlertIcon, ChevronRightIcon, PackageIcon } from '../../ui/parts/icons';
import { SkeletonRows } from '../../ui/parts/Skeleton';
import { refusalText } from '../../ui/refusals';
import { ConnectionBanner } from '../../ui/threads/ConnectionBanner';
import { Picture } from '../../ui/threads/SubjectPicture';
import { Head } from '../Head';
import { useWidget } from '../widget-context';

export function LineChoice({ order: id }: { order: string }): JSX.Element {
  const widget = useWidget();
  const found = useOrder(id);
  const order = found instanceof Error ? null : found;
  const only = order?.lines.length === 1 ? order.lines[0]?.id : undefined;
  useEffect(() => {
    if (only !== undefined) widget.replace({ kind: 'disputing', order: id, line: only });
  }, [widget, id, only]);
  return (
    <>
      <Head title={t('dispute.wrong')} />
      <ConnectionBanner />
      {found instanceof Error && <EmptyState icon={AlertIcon} title={t('dispute.error')} text={refusalText(found)} />}
      {found === null && <SkeletonRows rows={3} label={t('common.loading')} />}
      {order !== null && only === undefined && (
        <div class="wizard-body scroll">
          <h2 class="wizard-title">{t('dispute.line')}</h2>
          <ul class="line-choices">
            {order.lines.map((line) => (
              <li key={line.id}>
                <button type="button" class="line-choice" onClick={() => { widget.replace({ kind: 'disputing', order: id, line: line.id }); }}>
                  <Picture address={line.photo_url ?? ''} size={44} rest={<PackageIcon size={22} />} />
                  <span dir="auto">{line.title}</span>
                  <ChevronRightIcon size={18} />
                </button>
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}

function useOrder(id: string): OrderView | Refusal | null {
  const client = useClient();
  const [found, setFound] = useState<OrderView | Refusal | null>(null);
  useEffect(() => {
    let isHere = true;
    const show = (order: OrderView | Refusal): void => {
      if (isHere) setFound(order);
    };
    client.api.order(id).then(show, (thrown: unknown) => { show(refusalOf(thrown)); });
    return () => {
      isHere = false;
    };
  }, [client, id]);
  return found;
}
