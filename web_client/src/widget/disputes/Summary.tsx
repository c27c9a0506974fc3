/** Before it is sent: what is said and asked, what happens next and when, in plain words. */
import type { JSX } from 'preact';

import { formatWhen, t } from '../../i18n';
import { formatDate } from '../../i18n/more';
import { useClient } from '../../ui/client';
import { remedyOf } from '../../ui/disputes/remedy';
import { remedyText } from '../../ui/disputes/words';
import { Tray } from '../../ui/composer/Tray';
import { DAY_MS } from './may';
import { reasonIn, remedyIn, type Step } from './opening';
import type { StepBodyProps } from './StepBody';

/** As the server counts it. */
const ANSWERS_MS = 5 * DAY_MS;
const ESCALATE_MS = 3 * DAY_MS;
const AGREEMENT_MS = 7 * DAY_MS;

export function Summary({ writing, options, onGo }: StepBodyProps): JSX.Element {
  const reason = reasonIn(writing.form.value, options);
  const remedy = remedyOf(remedyIn(writing.form.value, reason), options.line.refundable);
  const messages = writing.messages.value.size;
  return (
    <>
      <h2 class="wizard-title" tabIndex={-1}>{t('dispute.summary')}</h2>
      <dl class="summary">
        <Fact name={t('dispute.summary.what')} onGo={onGo} step="reason">
          {reason !== undefined && t(`dispute.reason.${reason.reason}`)}
        </Fact>
        <Fact name={t('dispute.wish.mine')} onGo={onGo} step="wish">
          <span class="figures">{remedy !== null && remedyText(remedy)}</span>
        </Fact>
        <Fact name={t('dispute.evidence')} onGo={onGo} step="evidence">
          <Tray uploads={writing.uploads} />
          {writing.text.value.trim() !== '' && <p class="summary-words" dir="auto">{writing.text.value.trim()}</p>}
          {messages > 0 && <p>{t('dispute.messages.chosen', { count: messages })}</p>}
          {writing.isEmpty.value && <p class="quiet">{t('dispute.evidence.none')}</p>}
        </Fact>
      </dl>
      <Next />
    </>
  );
}

function Fact({ name, step, onGo, children }: { name: string; step: Step; onGo: (step: Step) => void; children: JSX.Element | JSX.Element[] | string | boolean | (JSX.Element | boolean)[] }): JSX.Element {
  return (
    <div class="summary-fact">
      <dt>
        {name}
        <button type="button" class="summary-change" onClick={() => { onGo(step); }}>
          {t('dispute.change')}
          <span class="unseen"> {name}</span>
        </button>
      </dt>
      <dd>{children}</dd>
    </div>
  );
}

/** What happens next, and when. */
export function Next(): JSX.Element {
  const now = useClient().now();
  return (
    <section class="next" aria-labelledby="next">
      <h3 id="next">{t('dispute.next.title')}</h3>
      <ol>
        <li>{t('dispute.next.answer', { date: formatWhen(now + ANSWERS_MS) })}</li>
        <li>{t('dispute.next.escalate', { date: formatDate(now + ESCALATE_MS) })}</li>
        <li>{t('dispute.next.mediation', { date: formatDate(now + AGREEMENT_MS) })}</li>
        <li>{t('dispute.next.refund')}</li>
      </ol>
    </section>
  );
}
