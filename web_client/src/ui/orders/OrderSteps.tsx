/** The way of an order as a line of steps, the one that it has reached filled. */
import type { JSX } from 'preact';

import { t } from '../../i18n';
import type { OrderView } from '../../protocol/generated';
import { CheckIcon } from '../parts/icons';
import { OrderBadge } from './OrderBadge';

const STEPS = ['placed', 'paid', 'shipped', 'received'] as const;

export function OrderSteps({ order }: { order: OrderView }): JSX.Element {
  if (order.state === 'cancelled') {
    return (
      <p class="order-steps-none">
        <OrderBadge state="cancelled" />
      </p>
    );
  }
  const reached = STEPS.indexOf(order.state);
  return (
    <ol class="order-steps">
      {STEPS.map((step, index) => (
        <li key={step} class={`order-step${index <= reached ? ' order-step-done' : ''}`} aria-current={index === reached ? 'step' : undefined}>
          <span class="order-step-mark">{index <= reached && <CheckIcon size={12} />}</span>
          <span>{t(`order.state.${step}`)}</span>
        </li>
      ))}
    </ol>
  );
}
