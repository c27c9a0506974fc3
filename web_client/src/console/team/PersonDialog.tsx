/** What may be changed about a colleague. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

import { t } from '../../i18n';
import type { StaffPerson, TeamDetails } from '../../protocol/generated';
import { Button } from '../../ui/parts/Button';
import { Dialog } from '../../ui/parts/Dialog';
import { refusalText } from '../../ui/refusals';
import { useConsole } from '../context';
import { Checks } from '../Fields';
import { CapacityField, NameField, RoleField, TeamsField, useSending } from './PersonFields';

const PERMISSIONS = ['moderate', 'mediate'] as const;

export interface PersonDialogProps {
  person: StaffPerson;
  teams: readonly TeamDetails[];
  onClose: () => void;
  onDone: () => void;
}

export function PersonDialog({ person, teams, onClose, onDone }: PersonDialogProps): JSX.Element {
  const { api, me } = useConsole();
  const [draft, setDraft] = useState(person);
  const { busy, refusal, send } = useSending(onDone);
  const change = (part: Partial<StaffPerson>): void => { setDraft((before) => ({ ...before, ...part })); };

  const save = (): Promise<unknown> => {
    const { name, capacity, permissions, revision, teams: joined } = draft;
    const role = draft.role === person.role ? {} : { role: draft.role };
    return api.changePerson(person.id, { revision, name, capacity, permissions, teams: joined, ...role });
  };

  return (
    <Dialog
      title={person.name}
      onClose={onClose}
      foot={
        <>
          <Button kind="quiet" onClick={onClose}>{t('common.cancel')}</Button>
          <Button kind="primary" busy={busy} onClick={() => { send(save, t('console.saved')); }}>{t('common.save')}</Button>
        </>
      }
    >
      <div class="person">
        <NameField name={draft.name} onChange={(name) => { change({ name }); }} />
        <RoleField role={draft.role} disabled={person.id === me.id} onChange={(role) => { change({ role }); }} />
        <CapacityField capacity={draft.capacity} onChange={(capacity) => { change({ capacity }); }} />
        <Checks
          legend={t('console.team.permissions')}
          options={PERMISSIONS.map((id) => ({ id, label: t(`console.team.permission.${id}`) }))}
          chosen={draft.permissions}
          onChange={(chosen) => { change({ permissions: PERMISSIONS.filter((one) => chosen.includes(one)) }); }}
        />
        <TeamsField teams={teams} chosen={draft.teams} onChange={(chosen) => { change({ teams: chosen }); }} />
        <p class="sign-in-refusal" role="alert">
          {refusal !== null && (refusal.code === 'stale' ? t('console.stale.any') : refusalText(refusal))}
        </p>
      </div>
    </Dialog>
  );
}
