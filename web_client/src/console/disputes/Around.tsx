/** What belongs to a case beside it: the order, how often both were in dispute, their conversations. */
import type { JSX } from 'preact';

import { t } from '../../i18n';
import { formatMoney } from '../../i18n/more';
import type { CaseThread } from '../../protocol/generated';
import { OrderDetails } from '../../ui/orders/OrderDetails';
import { ChatIcon } from '../../ui/parts/icons';
import { EyeIcon } from '../../ui/parts/icons-desk';
import { useDocket } from './context';
import type { Opened } from './docket';

export function Around({ opened: { dispute, around } }: { opened: Opened }): JSX.Element {
  const threads = around.threads.filter(({ thread_id: id }) => id !== dispute.thread_id);
  return (
    <aside class="case-around" aria-label={t('console.disputes.around')}>
      <section>
        <h3 class="case-heading">{t('console.disputes.people')}</h3>
        <dl class="case-facts">
          <div>
            <dt>{t('dispute.party.buyer')}</dt>
            <dd>
              <bdi>{dispute.buyer.name}</bdi>
              <span class="quiet">{t('console.disputes.past.buyer', { count: around.buyer_disputes })}</span>
            </dd>
          </div>
          <div>
            <dt>{t('dispute.party.seller')}</dt>
            <dd>
              <bdi>{dispute.shop.name}</bdi>
              <span class="quiet">{t('console.disputes.past.shop', { count: around.shop_disputes })}</span>
            </dd>
          </div>
          <div>
            <dt>{t('console.disputes.money')}</dt>
            <dd class="figures">
              {t('console.disputes.refundable', { amount: formatMoney(dispute.line.refundable) })}
              <span class="quiet">{t('console.disputes.paid', { amount: formatMoney(dispute.line.paid) })}</span>
            </dd>
          </div>
        </dl>
      </section>
      <section>
        <h3 class="case-heading">{t('console.disputes.threads')}</h3>
        {threads.length === 0 ? <p class="quiet">{t('console.disputes.threads.none')}</p> : <Threads threads={threads} />}
      </section>
      <section>
        <h3 class="case-heading">{t('order.number', { number: around.order.number })}</h3>
        <OrderDetails order={around.order} />
      </section>
    </aside>
  );
}

function Threads({ threads }: { threads: readonly CaseThread[] }): JSX.Element {
  const docket = useDocket();
  return (
    <>
      <ul class="case-threads">
        {threads.map(({ thread_id: id, kind, title, messages }) => (
          <li key={id}>
            <button type="button" class="case-thread" aria-haspopup="dialog" onClick={() => { docket.looksInto.value = id; }}>
              <ChatIcon size={15} />
              <span class="clip" dir="auto">{kind === 'product' ? title : t('console.disputes.thread.order')}</span>
              <span class="quiet figures">{t('console.disputes.thread.events', { count: messages })}</span>
            </button>
          </li>
        ))}
      </ul>
      <p class="quiet case-logged">
        <EyeIcon size={14} />
        {t('console.disputes.logged')}
      </p>
    </>
  );
}
