/** Somebody is to work here: a link is mailed to him, with which he chooses his password. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

import { locale, LOCALE_NAMES, LOCALES, t } from '../../i18n';
import type { InvitePerson, TeamDetails } from '../../protocol/generated';
import { refusalOf, type Refusal } from '../../protocol/refusal';
import { Button } from '../../ui/parts/Button';
import { Dialog } from '../../ui/parts/Dialog';
import { showToast } from '../../ui/parts/Toast';
import { refusalText } from '../../ui/refusals';
import { useConsole } from '../context';
import { Checks, Stepper } from '../Fields';
import { MOST_CAPACITY, RoleField } from './PersonDialog';

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
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [busy, setBusy] = useState(false);
  const change = (part: Partial<InvitePerson>): void => { setDraft((before) => ({ ...before, ...part })); };

  const invite = async (): Promise<void> => {
    setBusy(true);
    try {
      await api.invite(draft);
      showToast({ text: t('console.team.invite.sent', { email: draft.email }), tone: 'good' });
      onDone();
    } catch (thrown) {
      setRefusal(refusalOf(thrown));
      setBusy(false);
    }
  };

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
          if (!busy) void invite();
        }}
      >
        <p class="quiet">{t('console.team.invite.text')}</p>
        <label class="field">
          <span>{t('console.email')}</span>
          <input type="email" dir="ltr" required maxLength={256} value={draft.email} onInput={({ currentTarget }) => { change({ email: currentTarget.value }); }} />
        </label>
        <label class="field">
          <span>{t('console.team.name')}</span>
          <input dir="auto" required maxLength={100} value={draft.name} onInput={({ currentTarget }) => { change({ name: currentTarget.value }); }} />
        </label>
        <RoleField role={draft.role} onChange={(role) => { change({ role }); }} />
        <label class="field">
          <span>{t('common.language')}</span>
          <select value={draft.locale} onChange={({ currentTarget }) => { change({ locale: currentTarget.value }); }}>
            {LOCALES.map((tag) => (
              <option key={tag} value={tag}>{LOCALE_NAMES[tag]}</option>
            ))}
          </select>
        </label>
        <div class="person-line">
          <span>
            {t('console.team.capacity')}
            <span class="setting-hint">{t('console.team.capacity.hint')}</span>
          </span>
          <Stepper label={t('console.team.capacity')} value={draft.capacity} least={0} most={MOST_CAPACITY} onChange={(capacity) => { change({ capacity }); }} />
        </div>
        <Checks
          legend={t('console.team.teams')}
          options={teams.map(({ id, name }) => ({ id, label: name }))}
          chosen={draft.teams}
          onChange={(chosen) => { change({ teams: chosen }); }}
        />
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
