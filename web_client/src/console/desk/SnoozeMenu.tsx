/** Letting a thread sleep: some times that are often meant, and any other. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

import { formatWhen, t } from '../../i18n';
import type { DeskThread } from '../../protocol/generated';
import { Button } from '../../ui/parts/Button';
import { Dialog } from '../../ui/parts/Dialog';
import { AlarmIcon } from '../../ui/parts/icons-desk';
import { Menu, type MenuItem } from '../../ui/parts/Menu';
import { useDesk } from './desk-context';
import { snooze, wake } from './moves';
import { fieldValue, SNOOZES, snoozeUntil } from './snooze';

export function useSnoozes(row: DeskThread): MenuItem[] {
  const desk = useDesk();
  return [
    ...SNOOZES.map((name): MenuItem => ({
      id: `snooze ${name}`,
      label: t(`console.desk.snooze.${name}`),
      onPick: () => void snooze(desk, row, snoozeUntil(name, desk.client.now())),
    })),
    {
      id: 'snooze other',
      label: t('console.desk.snooze.other'),
      onPick: () => {
        desk.window.value = 'snooze';
      },
    },
  ];
}

export function SnoozeMenu({ row }: { row: DeskThread }): JSX.Element {
  const desk = useDesk();
  const snoozes = useSnoozes(row);
  const waking: MenuItem = { id: 'wake', label: t('console.desk.wake'), apart: true, onPick: () => void wake(desk, row) };
  return <Menu label={t('console.desk.snooze')} icon={AlarmIcon} items={row.state === 'snoozed' ? [...snoozes, waking] : snoozes} />;
}

const HOUR_MS = 3_600_000;

export function SnoozeDialog({ row, onClose }: { row: DeskThread; onClose: () => void }): JSX.Element {
  const desk = useDesk();
  const [value, setValue] = useState(() => fieldValue(snoozeUntil('tomorrow', Date.now())));
  const until = new Date(value).getTime();
  const isLater = Number.isFinite(until) && until > Date.now();
  const sleep = (at: number): void => {
    onClose();
    void snooze(desk, row, at);
  };
  return (
    <Dialog
      title={t('console.desk.snooze')}
      size="s"
      onClose={onClose}
      foot={
        <>
          <Button kind="quiet" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button
            kind="primary"
            disabled={!isLater}
            onClick={() => {
              sleep(until);
            }}
          >
            {t('console.desk.snooze')}
          </Button>
        </>
      }
    >
      <ul class="snooze-choices">
        {SNOOZES.map((name) => {
          const at = snoozeUntil(name, desk.client.now());
          return (
            <li key={name}>
              <button
                type="button"
                class="give-choice"
                onClick={() => {
                  sleep(at);
                }}
              >
                <span>{t(`console.desk.snooze.${name}`)}</span>
                <span class="quiet figures">{formatWhen(at)}</span>
              </button>
            </li>
          );
        })}
      </ul>
      <label class="field">
        <span>{t('console.desk.snooze.until')}</span>
        <input
          type="datetime-local"
          value={value}
          min={fieldValue(Date.now() + HOUR_MS / 60)}
          onInput={({ currentTarget }) => {
            setValue(currentTarget.value);
          }}
        />
      </label>
    </Dialog>
  );
}
