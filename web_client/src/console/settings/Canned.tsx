/** Canned replies: every one, and the one that is open in all its languages. */
import type { JSX } from 'preact';
import { useCallback } from 'preact/hooks';

import { locale, LOCALE_NAMES, LOCALES, t } from '../../i18n';
import type { CannedReply, TeamDetails } from '../../protocol/generated';
import { ReplyIcon } from '../../ui/parts/icons';
import { useConsole } from '../context';
import { useDraft } from '../use-draft';
import { useLoaded } from '../use-loaded';
import { TeamField } from './TeamField';
import { ToolFrame, ToolRoom, type ToolEvents } from './ToolRoom';

const VARIABLES = ['{customer}', '{agent}', '{order}'];

export function Canned(): JSX.Element {
  const { api } = useConsole();
  const load = useCallback(async () => {
    const [{ canned }, { teams }] = await Promise.all([api.canned(), api.teams()]);
    return { canned, teams };
  }, [api]);
  const loaded = useLoaded(load);
  return (
    <ToolRoom
      kind="canned"
      icon={ReplyIcon}
      loaded={loaded}
      itemsOf={({ canned }) => canned.map((reply) => ({ id: reply.id, title: reply.title, note: noteOf(reply) }))}
      edit={({ canned, teams }, id, key, events) => (
        <CannedEditor key={key} reply={canned.find((one) => one.id === id) ?? null} teams={teams} events={events} />
      )}
    />
  );
}

interface Draft {
  readonly shortcut: string;
  readonly title: string;
  readonly texts: Readonly<Record<string, string>>;
  readonly team: string;
}

interface CannedEditorProps {
  reply: CannedReply | null;
  teams: readonly TeamDetails[];
  events: ToolEvents;
}

function CannedEditor({ reply, teams, events }: CannedEditorProps): JSX.Element {
  const { api } = useConsole();
  const work = useDraft<CannedReply, Draft>({
    kept: reply,
    begin: (kept) => ({ shortcut: kept?.shortcut ?? '', title: kept?.title ?? '', texts: kept?.texts ?? {}, team: kept?.team_id ?? '' }),
    send: ({ shortcut, title, texts, team }, kept) => {
      const said = Object.fromEntries(Object.entries(texts).filter(([, text]) => text.trim() !== ''));
      const body = { shortcut: shortcut.trim(), title, texts: said, revision: kept?.revision ?? 0 };
      return api.putCanned(kept?.id ?? null, team === '' ? body : { ...body, team_id: team });
    },
    fetch: async (kept) => (await api.canned()).canned.find(({ id }) => id === kept?.id),
    onSaved: ({ id }) => { events.onSaved(id); },
  });
  const { draft, change } = work;

  return (
    <ToolFrame kind="canned" nameOf={({ title }) => title} work={work} remove={(id, revision) => api.removeCanned(id, revision)} events={events}>
      <div class="facts">
        <label class="field">
          <span>{t('console.settings.title')}</span>
          <input dir="auto" maxLength={120} value={draft.title} onInput={({ currentTarget }) => { change({ title: currentTarget.value }); }} />
        </label>
        <label class="field">
          <span>{t('console.settings.shortcut')}</span>
          <input
            dir="ltr"
            maxLength={40}
            spellcheck={false}
            placeholder="hello"
            value={draft.shortcut}
            onInput={({ currentTarget }) => { change({ shortcut: slugged(currentTarget.value) }); }}
          />
        </label>
        <TeamField teams={teams} team={draft.team} onChange={(team) => { change({ team }); }} />
      </div>
      <p class="quiet editor-hint">
        {t('console.settings.variables')} <span dir="ltr">{VARIABLES.join(' ')}</span>
      </p>
      <div class="wordings">
        {byReader().map((language) => (
          <label key={language} class="field" lang={language}>
            <span>{LOCALE_NAMES[language]}</span>
            <textarea
              dir="auto"
              rows={5}
              maxLength={4000}
              value={draft.texts[language] ?? ''}
              onInput={({ currentTarget }) => { change({ texts: { ...draft.texts, [language]: currentTarget.value } }); }}
            />
          </label>
        ))}
      </div>
    </ToolFrame>
  );
}

/** All languages, the reader's own first. */
function byReader(): (typeof LOCALES)[number][] {
  return [...LOCALES].sort((a, b) => Number(b === locale.value) - Number(a === locale.value));
}

function noteOf({ shortcut, texts }: CannedReply): string {
  return `/${shortcut} · ${LOCALES.filter((tag) => tag in texts).join(' ')}`;
}

/** What is typed as a short name has it: small letters, figures and hyphens. */
export function slugged(text: string): string {
  return text.toLowerCase().replace(/^\//u, '').replace(/[^a-z0-9-]+/gu, '-').replace(/^-+/u, '').slice(0, 40);
}
