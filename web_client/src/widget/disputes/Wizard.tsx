/** The four steps of opening a dispute. What is begun survives a reload. */
import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';

import { t } from '../../i18n';
import type { DisputeOptions, DisputeView, OrderView } from '../../protocol/generated';
import { useClient } from '../../ui/client';
import { useKept, useRetried } from '../../ui/composer/use-kept';
import { EvidenceWriting } from '../../ui/disputes/writing';
import { Button } from '../../ui/parts/Button';
import { tellRefusal } from '../../ui/refusals';
import { About } from '../../ui/reviews/About';
import { lackOf, openingOf, stepIn, STEPS, type Step } from './opening';
import { useDisputes } from './of';
import { StepBody } from './StepBody';

export interface WizardProps {
  order: OrderView;
  options: DisputeOptions;
  onOpened: (view: DisputeView) => void;
}

export function Wizard({ order, options, onOpened }: WizardProps): JSX.Element {
  const client = useClient();
  const mine = useDisputes();
  const line = options.line.id;
  const writing = useMemo(() => new EvidenceWriting(client, `dispute:${line}`), [client, line]);
  useKept(writing);
  useRetried(writing.uploads);
  const [isAsked, setAsked] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const step = stepIn(writing.form.value);
  const at = STEPS.indexOf(step);
  const body = useArrival(step);

  const go = (to: Step): void => {
    setAsked(false);
    writing.form.value = { ...writing.form.value, step: to };
  };
  const send = async (): Promise<void> => {
    const opening = openingOf(writing, options);
    if (opening === null || isBusy) return;
    setBusy(true);
    try {
      const view = await mine.open(order.id, line, opening);
      writing.forget();
      onOpened(view);
    } catch (thrown) {
      tellRefusal(thrown);
      setBusy(false);
    }
  };
  const next = (): void => {
    setAsked(true);
    const lack = lackOf(step, writing, options);
    const to = STEPS[at + 1];
    if (lack !== null) body.current?.querySelector<HTMLElement>(FIRST)?.focus();
    else if (to === undefined) void send();
    else go(to);
  };
  const before = STEPS[at - 1];

  return (
    <form class="wizard" onSubmit={(event) => { event.preventDefault(); next(); }}>
      <div class="wizard-way">
        <progress max={STEPS.length} value={at + 1} aria-hidden="true" />
        <p class="quiet figures">{t('dispute.step', { number: at + 1, total: STEPS.length })}</p>
      </div>
      <div class="wizard-body scroll" ref={body}>
        {at === 0 && <About about={aboutOf(order, options)} size={44} />}
        <StepBody step={step} writing={writing} order={order} options={options} isAsked={isAsked} onGo={go} />
      </div>
      <div class="deeds wizard-deeds">
        {before !== undefined && <Button size="l" onClick={() => { go(before); }}>{t('common.back')}</Button>}
        <Button type="submit" kind="primary" size="l" wide busy={isBusy}>
          {t(step === 'summary' ? 'dispute.open' : 'dispute.next')}
        </Button>
      </div>
    </form>
  );
}

/** What is first to be filled in. */
const FIRST = '[aria-invalid="true"], input[type="radio"], .putting-foot .button';

/** The focus goes to the question of the step that one has come to. */
function useArrival(step: Step): { current: HTMLDivElement | null } {
  const body = useRef<HTMLDivElement>(null);
  const before = useRef(step);
  useEffect(() => {
    if (before.current === step) return;
    before.current = step;
    body.current?.scrollTo({ top: 0 });
    body.current?.querySelector<HTMLElement>('.wizard-title, legend')?.focus({ preventScroll: true });
  }, [step]);
  return body;
}

function aboutOf({ id, shop }: OrderView, { line }: DisputeOptions): Parameters<typeof About>[0]['about'] {
  return { order_id: id, line_id: line.id, title: line.title, photo_url: line.photo_url, shop };
}
