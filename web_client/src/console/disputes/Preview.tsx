/** What a decision or proposal will bring about, said before it is sent. */
import type { JSX } from 'preact';

import { t, type MessageKey } from '../../i18n';
import { formatMoney } from '../../i18n/more';
import type { DisputeView, WishBody } from '../../protocol/generated';

export interface PreviewProps {
  dispute: DisputeView;
  wish: WishBody;
  isFinal: boolean;
}

export function Preview({ dispute, wish, isFinal }: PreviewProps): JSX.Element {
  const amount = formatMoney(wish.amount ?? dispute.line.refundable);
  return (
    <section class="case-preview" aria-label={t('console.disputes.preview')} aria-live="polite">
      <p class="case-preview-title">{t('console.disputes.preview')}</p>
      <ul>
        {consequencesOf(wish.kind, dispute, isFinal).map((key) => (
          <li key={key}>{t(key, { amount })}</li>
        ))}
      </ul>
    </section>
  );
}

/** In the order of time. */
export function consequencesOf(kind: WishBody['kind'], { returning, proposal }: Pick<DisputeView, 'returning' | 'proposal'>, isFinal: boolean): MessageKey[] {
  const cost = returning?.free === true ? 'console.disputes.preview.return.free' : 'console.disputes.preview.return.cost';
  const goods: MessageKey[] = kind === 'return' ? ['console.disputes.preview.return', cost] : [];
  const money: MessageKey[] = kind === 'none' ? ['console.disputes.preview.none'] : ['console.disputes.preview.amount', 'console.disputes.preview.refund'];
  if (isFinal) return [...goods, ...money, 'console.disputes.preview.told', 'console.disputes.preview.final'];
  const before: MessageKey[] = proposal === undefined ? [] : ['console.disputes.preview.replaces'];
  return [...before, 'console.disputes.preview.both', ...goods, ...money];
}
