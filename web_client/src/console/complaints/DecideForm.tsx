/** A decision about a complaint: its reasons, and what it will bring about. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

import { t } from '../../i18n';
import { Button, IconButton } from '../../ui/parts/Button';
import { XIcon } from '../../ui/parts/icons';
import { missingWords } from '../disputes/drafts';
import { ReasonsField } from '../disputes/ReasonsField';
import type { Verdict } from './complaints';
import { useComplaints } from './context';
import { back } from './use-keys';

export function DecideForm({ verdict }: { verdict: Verdict }): JSX.Element {
  const room = useComplaints();
  const [text, setText] = useState('');
  const [isAsked, setAsked] = useState(false);
  const lacks = missingWords(text);
  const send = (): void => {
    setAsked(true);
    if (lacks === null) void room.decide(verdict, text.trim());
  };
  return (
    <form
      class="case-form"
      aria-labelledby="complaint-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <header class="case-form-head">
        <h3 id="complaint-form">{t(`console.complaints.${verdict}.title`)}</h3>
        <IconButton
          icon={XIcon}
          size="s"
          label={t('common.cancel')}
          onClick={() => { back(room); }}
        />
      </header>
      <div class="case-form-fields scroll">
        <ReasonsField label={t('console.disputes.reasons')} value={text} isNeeded isFirst onChange={setText} />
      </div>
      <p class="case-preview">{t(`console.complaints.${verdict}.text`)}</p>
      {isAsked && lacks !== null && <p class="field-fault" role="alert">{t(`console.disputes.missing.${lacks}`)}</p>}
      <Button type="submit" kind="primary" wide busy={room.busy.value}>
        {t(`console.complaints.${verdict}`)}
      </Button>
    </form>
  );
}
