/** A decision or a proposal while it is written; beside the evidence, with all that will come of it. */
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

import { t } from '../../i18n';
import type { DisputeView } from '../../protocol/generated';
import { RemedyFields } from '../../ui/disputes/RemedyFields';
import { wishOf } from '../../ui/disputes/remedy';
import { Button, IconButton } from '../../ui/parts/Button';
import { ScaleIcon, SendIcon, XIcon } from '../../ui/parts/icons';
import { showToast } from '../../ui/parts/Toast';
import { useDocket } from './context';
import type { Writing } from './docket';
import { kindsOf, missing } from './drafts';
import { Preview } from './Preview';
import { ReasonsField } from './ReasonsField';
import { back } from './use-keys';

export function RemedyForm({ dispute, writing }: { dispute: DisputeView; writing: Writing }): JSX.Element {
  const docket = useDocket();
  const form = useRef<HTMLFormElement>(null);
  const [isAsked, setAsked] = useState(false);
  const draft = docket.draft(dispute.id, writing);
  const { remedy, text } = draft.value;
  const isFinal = writing === 'decide';
  const lacks = missing(draft.value, dispute, isFinal);
  const wish = wishOf(remedy, dispute.line.refundable);

  useEffect(() => {
    form.current?.scrollIntoView({ block: 'nearest' });
    form.current?.querySelector<HTMLInputElement>('input:checked, input')?.focus();
  }, []);

  const send = async (): Promise<void> => {
    setAsked(true);
    if (lacks !== null || wish === null) return;
    if (!(await docket.move({ act: writing, wish, evidence: { text: text.trim() } }))) return;
    docket.forgetDraft(dispute.id, writing);
    back(docket);
    showToast({ text: t(isFinal ? 'console.disputes.decided' : 'console.disputes.proposed'), tone: 'good' });
  };

  return (
    <form
      class="case-form"
      ref={form}
      aria-labelledby="case-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <header class="case-form-head">
        <h3 id="case-form">{t(`console.disputes.${writing}.title`)}</h3>
        <IconButton icon={XIcon} size="s" label={t('common.cancel')} onClick={() => { back(docket); }} />
      </header>
      <div class="case-form-fields scroll">
        <RemedyFields
          legend={t(`console.disputes.${writing}.legend`)}
          kinds={kindsOf(dispute, isFinal)}
          value={remedy}
          most={dispute.line.refundable}
          freeReturn={dispute.returning?.free ?? false}
          side="mediator"
          isAsked={isAsked}
          onChange={(changed) => { draft.value = { ...draft.value, remedy: changed }; }}
        />
        <ReasonsField
          label={t(isFinal ? 'console.disputes.reasons' : 'console.disputes.proposal.words')}
          value={text}
          isNeeded={isFinal}
          onChange={(changed) => { draft.value = { ...draft.value, text: changed }; }}
        />
      </div>
      {wish !== null && <Preview dispute={dispute} wish={wish} isFinal={isFinal} />}
      {isAsked && lacks !== null && <p class="field-fault" role="alert">{t(`console.disputes.missing.${lacks}`)}</p>}
      <Button type="submit" kind="primary" wide icon={isFinal ? ScaleIcon : SendIcon} busy={docket.busy.value === writing}>
        {t(`console.disputes.${writing}.send`)}
      </Button>
    </form>
  );
}
