/** What is asked of a colleague, whether he is new or not. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

import { t } from '../../i18n';
import type { StaffPerson, TeamDetails } from '../../protocol/generated';
import { refusalOf, type Refusal } from '../../protocol/refusal';
import { showToast } from '../../ui/parts/Toast';
import { Checks, Stepper } from '../Fields';

const MOST_CAPACITY = 100;

export interface Sending {
  busy: boolean;
  refusal: Refusal | null;
  /** Sends, and says so once it is done; `said` is its toast. */
  send: (run: () => Promise<unknown>, said: string) => void;
}

export function useSending(onDone: () => void): Sending {
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [busy, setBusy] = useState(false);
  const send = (run: () => Promise<unknown>, said: string): void => {
    if (busy) return;
    setBusy(true);
    run().then(
      () => {
        showToast({ text: said, tone: 'good' });
        onDone();
      },
      (thrown: unknown) => {
        setRefusal(refusalOf(thrown));
        setBusy(false);
      },
    );
  };
  return { busy, refusal, send };
}

export function NameField({ name, onChange }: { name: string; onChange: (name: string) => void }): JSX.Element {
  return (
    <label class="field">
      <span>{t('console.team.name')}</span>
      <input dir="auto" required maxLength={100} value={name} onInput={({ currentTarget }) => { onChange(currentTarget.value); }} />
    </label>
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

export function CapacityField({ capacity, onChange }: { capacity: number; onChange: (capacity: number) => void }): JSX.Element {
  return (
    <div class="person-line">
      <span>
        {t('console.team.capacity')}
        <span class="setting-hint">{t('console.team.capacity.hint')}</span>
      </span>
      <Stepper label={t('console.team.capacity')} value={capacity} least={0} most={MOST_CAPACITY} onChange={onChange} />
    </div>
  );
}

export function TeamsField({ teams, chosen, onChange }: {
  teams: readonly TeamDetails[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}): JSX.Element {
  return <Checks legend={t('console.team.teams')} options={teams.map(({ id, name }) => ({ id, label: name }))} chosen={chosen} onChange={onChange} />;
}
