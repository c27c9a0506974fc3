/** Several actions in one press. The first that fails stops it and is named. */
import type { JSX } from 'preact';

import { t } from '../../i18n';
import type { DeskThread, Macro } from '../../protocol/generated';
import { ZapIcon } from '../../ui/parts/icons';
import { Menu, type MenuItem } from '../../ui/parts/Menu';
import { showToast } from '../../ui/parts/Toast';
import { refusalText } from '../../ui/refusals';
import type { Desk } from './desk';
import { useDesk } from './desk-context';
import { runMacro } from './macros';
import { blanksOf } from './blanks';
import { filled } from './words';

export function useMacros(row: DeskThread): MenuItem[] {
  const desk = useDesk();
  const macros = (desk.kit.value?.macros ?? []).filter(({ team_id: team }) => team === undefined || team === row.team_id);
  return macros.map((macro) => ({ id: `macro ${macro.id}`, label: macro.name, onPick: () => void run(desk, row.id, macro) }));
}

export function MacroMenu({ row }: { row: DeskThread }): JSX.Element | null {
  const items = useMacros(row);
  return items.length === 0 ? null : <Menu label={t('console.desk.macros')} icon={ZapIcon} items={items} />;
}

export async function run(desk: Desk, id: string, macro: Macro): Promise<void> {
  const blanks = await blanksOf(desk, id);
  const { done, failed } = await runMacro(macro, { desk, id, fill: (text) => filled(text, blanks) });
  const count = macro.steps.length;
  if (failed === undefined) {
    showToast({ text: t('console.desk.macro.done', { name: macro.name }), tone: 'good' });
    if (macro.steps.some(({ kind }) => kind === 'resolve' || kind === 'transfer') && desk.place.value?.id === id) desk.moveOn();
    return;
  }
  const step = t(`console.desk.step.${failed.step.kind}`);
  showToast({ text: t('console.desk.macro.failed', { number: done + 1, total: count, step, reason: refusalText(failed.refusal) }), tone: 'danger' });
}
