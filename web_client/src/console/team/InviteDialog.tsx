/** Somebody is to work here: a link is mailed to him, with which he chooses his password. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

import { locale, LOCALE_NAMES, LOCALES, t } from '../../i18n';
import type { InvitePerson, TeamDetails } from '../../protocol/generated';
import { Button } from '../../ui/parts/Button';
import { Dialog } from '../../ui/parts/Dialog';
import { refusalText } from '../../ui/refusals';
import { useConsole } from '../context';
import { CapacityField, NameField, RoleField, TeamsField, useSending } from './PersonFields';

const CAPACITY = 4;
const FORM = 'invite-form';

export interface InviteDialogProps {
  teams: readonly TeamDetails[];
  onClose: () => void;
  onDone: () => void;
}

export function InviteDialog({ teams, onClose, onDone }: InviteDialogProps): JSX.Element {
  const { api } = useConsole();
  const [draft, setDraft] = useState<Required<InvitePerson>>(() => ({
    email: '',
    name: '',
    role: 'agent',
    locale: locale.value,
    teams: teams.slice(0, 1).map(({ id }) => id),
    capacity: CAPACITY,
  }));
  const { busy, refusal, send } = useSending(onDone);
  const change = (part: Partial<InvitePerson>): void => { setDraft((before) => ({ ...before, ...part })); };

  return (
    <Dialog
      title={t('console.team.invite.title')}
      onClose={onClose}
      foot={
        <>
          <Button kind="quiet" onClick={onClose}>{t('common.cancel')}</Button>
          <SubmitButton busy={busy} />
        </>
      }
    >
      <form
        id={FORM}
        class="person"
        onSubmit={(event) => {
          event.preventDefault();
          send(() => api.invite(draft), t('console.team.invite.sent', { email: draft.email }));
        }}
      >
        <p class="quiet">{t('console.team.invite.text')}</p>
        <label class="field">
          <span>{t('console.email')}</span>
          <input type="email" dir="ltr" required maxLength={256} value={draft.email} onInput={({ currentTarget }) => { change({ email: currentTarget.value }); }} />
        </label>
        <NameField name={draft.name} onChange={(name) => { change({ name }); }} />
        <RoleField role={draft.role} onChange={(role) => { change({ role }); }} />
        <label class="field">
          <span>{t('common.language')}</span>
          <select value={draft.locale} onChange={({ currentTarget }) => { change({ locale: currentTarget.value }); }}>
            {LOCALES.map((tag) => (
              <option key={tag} value={tag}>{LOCALE_NAMES[tag]}</option>
            ))}
          </select>
        </label>
        <CapacityField capacity={draft.capacity} onChange={(capacity) => { change({ capacity }); }} />
        <TeamsField teams={teams} chosen={draft.teams} onChange={(chosen) => { change({ teams: chosen }); }} />
        <p class="sign-in-refusal" role="alert">{refusal !== null && refusalText(refusal)}</p>
      </form>
    </Dialog>
  );
}

/** At the foot of the window, and of the form above it. */
function SubmitButton({ busy }: { busy: boolean }): JSX.Element {
  return (
    <button type="submit" form={FORM} class="button button-primary button-m" aria-busy={busy}>
      {busy && <span class="spinner" />}
      <span class="button-text">{t('console.team.invite.send')}</span>
    </button>
  );
}
