/** Macros: every one, and the steps of the one that is open. */
import type { JSX } from 'preact';
import { useCallback } from 'preact/hooks';

import { t } from '../../i18n';
import type { Macro, TeamDetails } from '../../protocol/generated';
import { ZapIcon } from '../../ui/parts/icons';
import { useConsole } from '../context';
import { useDraft } from '../use-draft';
import { useLoaded } from '../use-loaded';
import { step, type Choices, type Step } from './macros';
import { Steps } from './Steps';
import { TeamField } from './TeamField';
import { ToolFrame, ToolRoom, type ToolEvents } from './ToolRoom';

export function Macros(): JSX.Element {
  const { api } = useConsole();
  const load = useCallback(async () => {
    const [{ macros }, { teams }, { labels }, { people }] = await Promise.all([api.macros(), api.teams(), api.labels(), api.people()]);
    return { macros, teams, labels, agents: people.filter(({ active }) => active) };
  }, [api]);
  const loaded = useLoaded(load);
  return (
    <ToolRoom
      kind="macros"
      icon={ZapIcon}
      loaded={loaded}
      itemsOf={({ macros }) => macros.map((macro) => ({ id: macro.id, title: macro.name, note: noteOf(macro) }))}
      edit={({ macros, teams, labels, agents }, id, key, events) => (
        <MacroEditor key={key} macro={macros.find((one) => one.id === id) ?? null} teams={teams} choices={{ labels, teams, agents }} events={events} />
      )}
    />
  );
}

interface Draft {
  readonly name: string;
  readonly steps: readonly Step[];
  readonly team: string;
}

interface MacroEditorProps {
  macro: Macro | null;
  teams: readonly TeamDetails[];
  choices: Choices;
  events: ToolEvents;
}

function MacroEditor({ macro, teams, choices, events }: MacroEditorProps): JSX.Element {
  const { api } = useConsole();
  const work = useDraft<Macro, Draft>({
    kept: macro,
    begin: (kept) => ({
      name: kept?.name ?? '',
      steps: kept === null ? [step('reply', '')] : kept.steps.map(({ kind, value = '' }) => step(kind, value)),
      team: kept?.team_id ?? '',
    }),
    send: ({ name, steps, team }, kept) => {
      const body = { name, steps: steps.map(({ kind, value }) => ({ kind, value })), revision: kept?.revision ?? 0 };
      return api.putMacro(kept?.id ?? null, team === '' ? body : { ...body, team_id: team });
    },
    fetch: async (kept) => (await api.macros()).macros.find(({ id }) => id === kept?.id),
    onSaved: ({ id }) => { events.onSaved(id); },
  });
  const { draft, change } = work;

  return (
    <ToolFrame kind="macros" nameOf={({ name }) => name} work={work} remove={(id, revision) => api.removeMacro(id, revision)} events={events}>
      <div class="facts">
        <label class="field">
          <span>{t('console.settings.title')}</span>
          <input dir="auto" maxLength={120} value={draft.name} onInput={({ currentTarget }) => { change({ name: currentTarget.value }); }} />
        </label>
        <TeamField teams={teams} team={draft.team} onChange={(team) => { change({ team }); }} />
      </div>
      <Steps steps={draft.steps} choices={choices} onChange={(steps) => { change({ steps }); }} />
    </ToolFrame>
  );
}

function noteOf({ steps }: Macro): string {
  return steps.map(({ kind }) => t(`console.settings.step.${kind}`)).join(' · ');
}
