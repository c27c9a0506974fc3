/** What may be changed about a colleague. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

import { t } from '../../i18n';
import type { StaffPerson, TeamDetails } from '../../protocol/generated';
import { refusalOf, type Refusal } from '../../protocol/refusal';
import { Button } from '../../ui/parts/Button';
import { Dialog } from '../../ui/parts/Dialog';
import { showToast } from '../../ui/parts/Toast';
import { refusalText } from '../../ui/refusals';
import { useConsole } from '../context';
import { Checks, Stepper } from '../Fields';

const PERMISSIONS = ['moderate', 'mediate'] as const;
export const MOST_CAPACITY = 100;

export interface PersonDialogProps {
  person: StaffPerson;
  teams: readonly TeamDetails[];
  onClose: () => void;
  onDone: () => void;
}

export function PersonDialog({ person, teams, onClose, onDone }: PersonDialogProps): JSX.Element {
  const { api, me } = useConsole();
  const [draft, setDraft] = useState(person);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [busy, setBusy] = useState(false);
  const change = (part: Partial<StaffPerson>): void => { setDraft((before) => ({ ...before, ...part })); };

  const save = async (): Promise<void> => {
    setBusy(true);
    try {
      const { name, capacity, permissions, revision } = draft;
      const role = draft.role === person.role ? {} : { role: draft.role };
      await api.changePerson(person.id, { revision, name, capacity, permissions, teams: draft.teams, ...role });
      showToast({ text: t('console.saved'), tone: 'good' });
      onDone();
    } catch (thrown) {
      setRefusal(refusalOf(thrown));
      setBusy(false);
    }
  };

  return (
    <Dialog
      title={person.name}
      onClose={onClose}
      foot={
        <>
          <Button kind="quiet" onClick={onClose}>{t('common.cancel')}</Button>
          <Button kind="primary" busy={busy} onClick={() => void save()}>{t('common.save')}</Button>
        </>
      }
    >
      <div class="person">
        <label class="field">
          <span>{t('console.team.name')}</span>
          <input dir="auto" value={draft.name} maxLength={100} onInput={({ currentTarget }) => { change({ name: currentTarget.value }); }} />
        </label>
        <RoleField role={draft.role} disabled={person.id === me.id} onChange={(role) => { change({ role }); }} />
        <div class="person-line">
          <span>
            {t('console.team.capacity')}
            <span class="setting-hint">{t('console.team.capacity.hint')}</span>
          </span>
          <Stepper label={t('console.team.capacity')} value={draft.capacity} least={0} most={MOST_CAPACITY} onChange={(capacity) => { change({ capacity }); }} />
        </div>
        <Checks
          legend={t('console.team.permissions')}
          options={PERMISSIONS.map((id) => ({ id, label: t(`console.team.permission.${id}`) }))}
          chosen={draft.permissions}
          onChange={(chosen) => { change({ permissions: PERMISSIONS.filter((one) => chosen.includes(one)) }); }}
        />
        <Checks
          legend={t('console.team.teams')}
          options={teams.map(({ id, name }) => ({ id, label: name }))}
          chosen={draft.teams}
          onChange={(chosen) => { change({ teams: chosen }); }}
        />
        <p class="sign-in-refusal" role="alert">
          {refusal !== null && (refusal.code === 'stale' ? t('console.stale.any') : refusalText(refusal))}
        </p>
      </div>
    </Dialog>
  );
}

export function RoleField({ role, disabled = false, onChange }: {
  role: StaffPerson['role'];
  disabled?: boolean;
  onChange: (role: StaffPerson['role']) => void;
}): JSX.Element {
  return (
    <label class="field">
      <span>{t('console.team.role')}</span>
      <select
        value={role}
        disabled={disabled}
        onChange={({ currentTarget }) => { onChange(currentTarget.value === 'supervisor' ? 'supervisor' : 'agent'); }}
      >
        <option value="agent">{t('console.role.agent')}</option>
        <option value="supervisor">{t('console.role.supervisor')}</option>
      </select>
    </label>
  );
}
