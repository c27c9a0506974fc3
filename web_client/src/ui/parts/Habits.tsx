/** What somebody who works here sets for his browser: how he is called, and whether single keys do something. */
import type { JSX } from 'preact';

import { t } from '../../i18n';
import { chime } from '../../services/alerts';
import { DesktopSwitch, Switch } from './Switch';

export interface Habits {
  readonly desktop: boolean;
  readonly sound: boolean;
  readonly keys: boolean;
}

export interface HabitsProps {
  /** Where the sentences of a screen's settings begin. */
  words: 'inbox.settings' | 'console.desk.settings';
  habits: Habits;
  prefer: (change: Partial<Habits>) => void;
}

export function CallSwitches({ words, habits, prefer }: HabitsProps): JSX.Element {
  return (
    <>
      <DesktopSwitch
        label={t(`${words}.desktop`)}
        refusedHint={t(`${words}.desktop.denied`)}
        isOn={habits.desktop}
        onTurn={(desktop) => {
          prefer({ desktop });
        }}
      />
      <Switch
        label={t(`${words}.sound`)}
        isOn={habits.sound}
        onTurn={(sound) => {
          prefer({ sound });
          if (sound) chime();
        }}
      />
    </>
  );
}

export function KeysSwitch({ words, habits, prefer }: HabitsProps): JSX.Element {
  return (
    <Switch
      label={t(`${words}.keys`)}
      hint={t(`${words}.keys.text`)}
      isOn={habits.keys}
      onTurn={(keys) => {
        prefer({ keys });
      }}
    />
  );
}
