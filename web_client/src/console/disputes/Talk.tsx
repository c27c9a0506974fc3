/** What happened in a case step by step, what buyer, seller and mediator wrote to each other, and the mediator's own words. */
import type { JSX } from 'preact';

import { t } from '../../i18n';
import type { EvidencePhotos } from '../../ui/disputes/EvidencePhoto';
import { Timeline } from '../../ui/disputes/Timeline';
import { Button } from '../../ui/parts/Button';
import { SendIcon } from '../../ui/parts/icons';
import { useDocket } from './context';
import type { Opened } from './docket';
import { Said } from './Said';
import { standingOf } from './standing';
import { SAY_ID } from './use-keys';

export function Talk({ opened, photos }: { opened: Opened; photos: EvidencePhotos }): JSX.Element {
  const docket = useDocket();
  const { dispute, events } = opened;
  const isMine = standingOf(opened, docket.me) === 'mine';
  const hasWords = events.some(({ kind }) => kind === 'posted');
  return (
    <>
      <section aria-labelledby="case-steps">
        <h3 class="case-heading" id="case-steps">{t('console.disputes.steps')}</h3>
        {/* What was shown stands above, each side's for itself. */}
        <Timeline view={{ ...dispute, evidence: [] }} events={events} photos={photos} />
      </section>
      <section aria-labelledby="case-words">
        <h3 class="case-heading" id="case-words">{t('console.disputes.words')}</h3>
        {hasWords ? <Said events={events} parties={dispute} /> : <p class="quiet">{t('console.disputes.words.none')}</p>}
        {isMine && <Saying id={dispute.id} />}
      </section>
    </>
  );
}

function Saying({ id }: { id: string }): JSX.Element {
  const docket = useDocket();
  const draft = docket.draft(id, 'say');
  const text = draft.value.text;
  const send = async (): Promise<void> => {
    if (text.trim() !== '' && (await docket.say(text.trim()))) docket.forgetDraft(id, 'say');
  };
  return (
    <form
      class="case-say"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <label class="field">
        <span>{t('console.disputes.say')}</span>
        <textarea
          id={SAY_ID}
          rows={2}
          maxLength={4_000}
          dir="auto"
          value={text}
          onInput={(event) => { draft.value = { ...draft.value, text: event.currentTarget.value }; }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
            event.preventDefault();
            void send();
          }}
        />
      </label>
      <Button type="submit" icon={SendIcon} busy={docket.busy.value === 'say'} disabled={text.trim() === ''}>
        {t('console.disputes.say.send')}
      </Button>
    </form>
  );
}
