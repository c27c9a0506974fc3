/** Under the head: the team, the priority and the labels of a thread, and how to change them. */
import type { JSX } from 'preact';

import { t } from '../../i18n';
import type { DeskThread } from '../../protocol/generated';
import { PlusIcon } from '../../ui/parts/icons';
import { TagIcon } from '../../ui/parts/icons-desk';
import { Menu, type MenuItem } from '../../ui/parts/Menu';
import { tellRefusal } from '../../ui/refusals';
import { PRIORITIES, priorityName } from '../priority';
import { useDesk } from './desk-context';
import { mark } from './moves';
import { teamName } from './names';
import { LabelMark } from './ThreadRow';

export function Marks({ row }: { row: DeskThread }): JSX.Element {
  const desk = useDesk();
  const priority = row.priority ?? 0;
  return (
    <div class="marks" role="group" aria-label={t('console.desk.marks')}>
      <span class="marks-team clip">{teamName(desk.kit.value, row.team_id)}</span>
      <select
        class={`marks-priority marks-priority-${priority > 0 ? 'raised' : 'plain'}`}
        aria-label={t('console.desk.filter.priority')}
        value={String(priority)}
        onChange={({ currentTarget: { value } }) => {
          mark(desk, row.id, { priority: Number(value) }).catch(tellRefusal);
        }}
      >
        {PRIORITIES.map((one) => (
          <option key={one} value={String(one)}>
            {priorityName(one)}
          </option>
        ))}
      </select>
      <Labels row={row} />
    </div>
  );
}

function Labels({ row }: { row: DeskThread }): JSX.Element | null {
  const desk = useDesk();
  const all = desk.kit.value?.labels ?? [];
  const held = row.labels ?? [];
  if (all.length === 0 && held.length === 0) return null;
  const items = all.map((label): MenuItem => ({
    id: label.slug,
    label: label.name,
    current: held.includes(label.slug),
    onPick: () => {
      const after = held.includes(label.slug) ? held.filter((slug) => slug !== label.slug) : [...held, label.slug];
      mark(desk, row.id, { labels: after }).catch(tellRefusal);
    },
  }));
  return (
    <>
      {held.map((slug) => (
        <LabelMark key={slug} label={all.find((label) => label.slug === slug) ?? { slug, name: slug, color: '#868e98' }} />
      ))}
      {items.length > 0 && <Menu label={t('console.desk.labels')} icon={held.length === 0 ? TagIcon : PlusIcon} size="s" align="start" items={items} />}
    </>
  );
}
