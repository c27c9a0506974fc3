/** An order as its shop works with it: where it stands, what is due when, what is in it. */
import type { JSX } from 'preact';

import { t } from '../i18n';
import { formatDate, formatMoney } from '../i18n/more';
import type { OrderView } from '../protocol/generated';
import { OrderBadge } from '../ui/orders/OrderBadge';
import { IconButton } from '../ui/parts/Button';
import { CopyIcon, PackageIcon } from '../ui/parts/icons';
import { showToast } from '../ui/parts/Toast';
import { tellRefusal } from '../ui/refusals';
import { Picture } from '../ui/threads/SubjectPicture';
import { Block } from './Details';
import { factsOf, type Fact } from './order-facts';

export function OrderDetails({ order }: { order: OrderView }): JSX.Element {
  const facts = factsOf(order);
  return (
    <>
      <Block title={t('order.label')}>
        <div class="order-line-top">
          <span class="order-number figures">{order.number}</span>
          <OrderBadge state={order.state} />
        </div>
        <dl>
          {facts.map((fact) => fact.kind !== 'note' && <FactRow key={fact.key} fact={fact} />)}
        </dl>
        {facts.map((fact) => fact.kind === 'note' && <p key={fact.key} class="quiet">{t(fact.key)}</p>)}
      </Block>
      <Block title={t('order.lines')}>
        <ul class="lines">
          {order.lines.map((line) => (
            <li key={line.id} class="line">
              <Picture address={line.photo_url ?? ''} size={44} rest={<span class="line-blank"><PackageIcon size={18} /></span>} />
              <span class="line-words">
                <bdi>{line.title}</bdi>
                {(line.quantity ?? 1) > 1 && <span class="quiet">{t('order.quantity', { count: line.quantity ?? 1 })}</span>}
              </span>
              <span class="figures">{formatMoney(line.price)}</span>
            </li>
          ))}
        </ul>
        <p class="total">
          <span>{t('order.total')}</span>
          <strong class="figures">{formatMoney(order.total)}</strong>
        </p>
      </Block>
    </>
  );
}

function FactRow({ fact }: { fact: Exclude<Fact, { kind: 'note' }> }): JSX.Element {
  return (
    <div class={`fact${fact.kind === 'date' && fact.isPressing ? ' fact-pressing' : ''}`}>
      <dt>{t(fact.key)}</dt>
      <dd class="figures">
        {fact.kind === 'date' ? <Day at={fact.value} /> : <bdi>{fact.value}</bdi>}
        {fact.kind === 'code' && <CopyButton text={fact.value} />}
      </dd>
    </div>
  );
}

function Day({ at }: { at: number }): JSX.Element {
  return <time dateTime={new Date(at).toISOString()}>{formatDate(at)}</time>;
}

function CopyButton({ text }: { text: string }): JSX.Element {
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      showToast({ text: t('common.copied'), tone: 'good' });
    } catch (thrown) {
      tellRefusal(thrown);
    }
  };
  return <IconButton icon={CopyIcon} size="s" label={t('common.copy')} onClick={() => void copy()} />;
}
