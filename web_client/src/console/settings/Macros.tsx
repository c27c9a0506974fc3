/** Macros: every one, and the steps of the one that is open. */
import type { JSX } from 'preact';
import { useCallback } from 'preact/hooks';

import { t } from '../../i18n';
import type { Macro, TeamDetails } from '../../protocol/generated';
import { Button } from '../../ui/parts/Button';
import { PlusIcon, ZapIcon } from '../../ui/parts/icons';
import { useConsole } from '../context';
import { EditorFrame } from '../EditorFrame';
import { ListRoom, useOpened } from '../ListRoom';
import { Shown } from '../Shown';
import { useDraft } from '../use-draft';
import { useLoaded } from '../use-loaded';
import { step, type Choices, type Step } from './macros';
import { Steps } from './Steps';
import { TeamField } from './TeamField';

export function Macros(): JSX.Element {
  const { api } = useConsole();
  const { opened, open, close, became } = useOpened();
  const load = useCallback(async () => {
    const [{ macros }, { teams }, { labels }, { people }] = await Promise.all([api.macros(), api.teams(), api.labels(), api.people()]);
    return { macros, teams, labels, agents: people.filter(({ active }) => active) };
  }, [api]);
  const loaded = useLoaded(load);
  const add = (
    <Button size="s" kind="primary" icon={PlusIcon} onClick={() => { open(null); }}>
      {t('console.settings.macros.new')}
    </Button>
  );

  return (
    <Shown loaded={loaded}>
      {({ macros, teams, labels, agents }) => (
        <ListRoom
          label={t('console.settings.macros')}
          icon={ZapIcon}
          items={macros.map((macro) => ({ id: macro.id, title: macro.name, note: noteOf(macro) }))}
          opened={opened}
          onOpen={open}
          chooseTitle={t('console.settings.macros.choose')}
          chooseText={t('console.settings.macros.choose.text')}
          emptyTitle={t('console.settings.macros.none')}
          emptyText={t('console.settings.macros.choose.text')}
          first={add}
        >
          {opened !== null && (
            <MacroEditor
              key={opened.key}
              macro={macros.find(({ id }) => id === opened.id) ?? null}
              teams={teams}
              choices={{ labels, teams, agents }}
              onClose={close}
              onSaved={(id) => {
                became(id);
                loaded.reload();
              }}
              onRemoved={() => {
                close();
                loaded.reload();
              }}
            />
          )}
        </ListRoom>
      )}
    </Shown>
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
  onClose: () => void;
  onSaved: (id: string) => void;
  onRemoved: () => void;
}

function MacroEditor({ macro, teams, choices, onClose, onSaved, onRemoved }: MacroEditorProps): JSX.Element {
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
    onSaved: ({ id }) => { onSaved(id); },
  });
  const { draft, change, kept } = work;
  const removal = kept === null ? undefined : {
    title: t('console.settings.macros.remove'),
    text: t('console.settings.macros.remove.text'),
    run: () => api.removeMacro(kept.id, kept.revision ?? 0).then(onRemoved),
  };

  return (
    <EditorFrame title={kept?.name ?? t('console.settings.macros.new')} work={work} removal={removal} onClose={onClose}>
      <div class="facts">
        <label class="field">
          <span>{t('console.settings.title')}</span>
          <input dir="auto" maxLength={120} value={draft.name} onInput={({ currentTarget }) => { change({ name: currentTarget.value }); }} />
        </label>
        <TeamField teams={teams} team={draft.team} onChange={(team) => { change({ team }); }} />
      </div>
      <Steps steps={draft.steps} choices={choices} onChange={(steps) => { change({ steps }); }} />
    </EditorFrame>
  );
}

function noteOf({ steps }: Macro): string {
  return steps.map(({ kind }) => t(`console.settings.step.${kind}`)).join(' · ');
}
