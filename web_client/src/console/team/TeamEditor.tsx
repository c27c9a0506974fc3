/** A team as it is written: whom it serves, what it promises, when it is there and who is in it. */
import type { JSX } from 'preact';

import { LOCALE_NAMES, LOCALES, t } from '../../i18n';
import type { HoursException, PutTeam, TeamDetails } from '../../protocol/generated';
import { useConsole } from '../context';
import { EditorFrame } from '../EditorFrame';
import { Checks, Stepper } from '../Fields';
import { useDraft } from '../use-draft';
import { Exceptions } from './Exceptions';
import { ownZone } from './hours';
import { topicName } from './names';
import type { Staff } from './staff';
import { StandingLine } from './StandingLine';
import { pieces, windowsOf, type Piece } from './week';
import { WeekEditor } from './WeekEditor';
import { ZoneField } from './ZoneField';

/** The team that takes what no other takes. */
const FIRST_TEAM = '0000000000000001';

interface Draft {
  readonly name: string;
  readonly languages: string[];
  readonly topics: string[];
  readonly zone: string;
  readonly pieces: readonly Piece[];
  readonly exceptions: readonly HoursException[];
  readonly first: number;
  readonly resolution: number;
  readonly members: string[];
}

export interface TeamEditorProps {
  team: TeamDetails | null;
  staff: Staff;
  onClose: () => void;
  onSaved: (team: TeamDetails) => void;
  onRemoved: () => void;
}

export function TeamEditor({ team, staff, onClose, onSaved, onRemoved }: TeamEditorProps): JSX.Element {
  const { api } = useConsole();
  const work = useDraft<TeamDetails, Draft>({
    kept: team,
    begin,
    send: async (draft, kept) => {
      const saved = await api.putTeam(kept?.id ?? null, { ...written(draft), revision: kept?.revision ?? 0 });
      const before = saved.members.map(({ id }) => id).sort().join(' ');
      if (before === [...draft.members].sort().join(' ')) return saved;
      return api.putMembers(saved.id, draft.members, saved.revision);
    },
    fetch: async (kept) => (await api.teams()).teams.find(({ id }) => id === kept?.id),
    onSaved,
  });
  const { draft, change, kept } = work;
  const removal = {
    title: t('console.team.remove.title'),
    text: t('console.team.remove.text'),
    run: async () => {
      if (kept !== null) await api.removeTeam(kept.id, kept.revision);
      onRemoved();
    },
  };

  return (
    <EditorFrame
      title={kept?.name ?? t('console.team.new')}
      work={work}
      removal={kept === null || kept.id === FIRST_TEAM ? undefined : removal}
      onClose={onClose}
    >
      <StandingLine zone={draft.zone} windows={draft.pieces} exceptions={draft.exceptions} />
      <div class="facts">
        <label class="field">
          <span>{t('console.team.team_name')}</span>
          <input dir="auto" required maxLength={60} value={draft.name} onInput={({ currentTarget }) => { change({ name: currentTarget.value }); }} />
        </label>
        <ZoneField zone={draft.zone} onChange={(zone) => { change({ zone }); }} />
      </div>
      <section class="team-part">
        <h4>{t('console.team.hours')}</h4>
        <WeekEditor pieces={draft.pieces} onChange={(changed) => { change({ pieces: changed }); }} />
      </section>
      <Exceptions exceptions={draft.exceptions} onChange={(exceptions) => { change({ exceptions }); }} />
      <section class="team-part">
        <h4>{t('console.team.served')}</h4>
        <Checks
          legend={t('console.team.languages')}
          hint={t('console.team.languages.hint')}
          options={LOCALES.map((id) => ({ id, label: LOCALE_NAMES[id] }))}
          chosen={draft.languages}
          onChange={(languages) => { change({ languages }); }}
        />
        <Checks
          legend={t('console.team.topics')}
          hint={t('console.team.topics.hint')}
          options={staff.topics.map((id) => ({ id, label: topicName(id) }))}
          chosen={draft.topics}
          onChange={(topics) => { change({ topics }); }}
        />
      </section>
      <section class="team-part">
        <h4>{t('console.team.levels')}</h4>
        <p class="quiet checks-hint">{t('console.team.levels.hint')}</p>
        <LevelField label={t('console.team.first_answer')} value={draft.first} most={10_080} onChange={(first) => { change({ first }); }} />
        <LevelField label={t('console.team.resolution')} value={draft.resolution} most={43_200} onChange={(resolution) => { change({ resolution }); }} />
      </section>
      <section class="team-part">
        <h4>{t('console.team.members')}</h4>
        <Checks
          legend={t('console.team.members.hint')}
          options={staff.people.filter(({ active }) => active).map(({ id, name }) => ({ id, label: name }))}
          chosen={draft.members}
          onChange={(members) => { change({ members }); }}
        />
      </section>
    </EditorFrame>
  );
}

function LevelField({ label, value, most, onChange }: { label: string; value: number; most: number; onChange: (value: number) => void }): JSX.Element {
  return (
    <div class="person-line">
      <span>{label}</span>
      <Stepper label={label} value={value} least={1} most={most} onChange={onChange} />
    </div>
  );
}

function begin(team: TeamDetails | null): Draft {
  if (team === null) {
    const name = '';
    return { name, languages: [], topics: [], zone: ownZone(), pieces: [], exceptions: [], first: 15, resolution: 1440, members: [] };
  }
  return {
    name: team.name,
    languages: team.languages,
    topics: team.topics,
    zone: team.zone,
    pieces: pieces(team.windows),
    exceptions: team.exceptions,
    first: team.first_answer_minutes,
    resolution: team.resolution_minutes,
    members: team.members.map(({ id }) => id),
  };
}

function written(draft: Draft): PutTeam {
  return {
    name: draft.name,
    languages: draft.languages,
    topics: draft.topics,
    zone: draft.zone,
    windows: windowsOf(draft.pieces),
    exceptions: [...draft.exceptions].sort((a, b) => a.date.localeCompare(b.date)),
    first_answer_minutes: draft.first,
    resolution_minutes: draft.resolution,
  };
}
