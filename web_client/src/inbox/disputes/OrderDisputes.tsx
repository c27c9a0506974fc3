/** What of an order is in dispute: where each stands, one press away. */
import type { JSX } from 'preact';

import { t } from '../../i18n';
import type { DisputeView } from '../../protocol/generated';
import { Countdown } from '../../ui/disputes/Countdown';
import { DisputeState } from '../../ui/disputes/DisputeState';
import { useDesk } from '../desk-context';
import { addressOf } from './spot';
import './order-disputes.css';

export interface OrderDisputesProps {
  found: readonly DisputeView[];
}

export function OrderDisputes({ found }: OrderDisputesProps): JSX.Element {
  const { client } = useDesk();
  return (
    <section class="details-block">
      <h3>{t('inbox.disputes')}</h3>
      <ul class="order-disputes">
        {found.map((view) => (
          <li key={view.id}>
            <a href={addressOf({ shelf: 'disputes', shop: view.shop.id, id: view.id })}>
              <span class="clip" dir="auto">
                {view.line.title}
              </span>
              <span class="order-dispute-facts">
                <DisputeState view={view} />
                <Countdown view={view} skew={client.chat.value.skew} compact />
              </span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
