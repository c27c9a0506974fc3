/** The steps of a macro, in the order in which they are done. */
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';

import { formatNumber, t } from '../../i18n';
import { formatDuration } from '../../i18n/more';
import { Button, IconButton } from '../../ui/parts/Button';
import { ArrowDownIcon, ArrowUpIcon, PlusIcon, TrashIcon } from '../../ui/parts/icons';
import { firstValue, KINDS, ME, PRIORITIES, shifted, SNOOZES, step, type Choices, type Kind, type Step } from './macros';

const MOST = 20;
const MINUTE_MS = 60_000;

export interface StepsProps {
  steps: readonly Step[];
  choices: Choices;
  onChange: (steps: readonly Step[]) => void;
}

export function Steps({ steps, choices, onChange }: StepsProps): JSX.Element {
  const list = useRef<HTMLOListElement>(null);
  const put = (changed: Step): void => { onChange(steps.map((one) => (one.key === changed.key ? changed : one))); };

  /** The step has another place, and the button that was pressed keeps the focus. */
  const shift = (at: number, by: -1 | 1): void => {
    onChange(shifted(steps, at, by));
    const edge = by === -1 ? '.step-up' : '.step-down';
    requestAnimationFrame(() => {
      const row = list.current?.children[at + by];
      const button = row?.querySelector<HTMLButtonElement>(edge);
      (button?.disabled === true ? row?.querySelector<HTMLElement>('select') : button)?.focus();
    });
  };

  return (
    <fieldset class="steps">
      <legend>{t('console.settings.steps')}</legend>
      <p class="quiet checks-hint">{t('console.settings.steps.hint')}</p>
      <ol ref={list}>
        {steps.map((one, at) => (
          <li key={one.key} class="step">
            <span class="step-number figures" aria-hidden="true">{formatNumber(at + 1)}</span>
            <select
              aria-label={t('console.settings.step', { number: at + 1 })}
              value={one.kind}
              onChange={({ currentTarget }) => {
                const kind = currentTarget.value as Kind;
                put({ ...one, kind, value: keeps(one.kind, kind) ? one.value : firstValue(kind, choices) });
              }}
            >
              {KINDS.map((kind) => (
                <option key={kind} value={kind}>{t(`console.settings.step.${kind}`)}</option>
              ))}
            </select>
            <Value step={one} number={at + 1} choices={choices} onChange={(value) => { put({ ...one, value }); }} />
            <span class="step-tools">
              <IconButton class="step-up" icon={ArrowUpIcon} size="s" label={t('console.settings.step.up', { number: at + 1 })} disabled={at === 0} onClick={() => { shift(at, -1); }} />
              <IconButton class="step-down" icon={ArrowDownIcon} size="s" label={t('console.settings.step.down', { number: at + 1 })} disabled={at === steps.length - 1} onClick={() => { shift(at, 1); }} />
              <IconButton icon={TrashIcon} size="s" label={t('console.settings.step.remove', { number: at + 1 })} disabled={steps.length === 1} onClick={() => { onChange(steps.filter(({ key }) => key !== one.key)); }} />
            </span>
          </li>
        ))}
      </ol>
      {steps.length < MOST && (
        <Button size="s" icon={PlusIcon} onClick={() => { onChange([...steps, step('note', '')]); }}>{t('console.settings.step.add')}</Button>
      )}
    </fieldset>
  );
}

/** Words stay where a reply becomes a note, a label where it is taken off. */
function keeps(from: Kind, to: Kind): boolean {
  const alike: readonly (readonly Kind[])[] = [['reply', 'note'], ['label', 'unlabel']];
  return alike.some((kinds) => kinds.includes(from) && kinds.includes(to));
}

interface ValueProps {
  step: Step;
  number: number;
  choices: Choices;
  onChange: (value: string) => void;
}

function Value({ step: { kind, value }, number, choices, onChange }: ValueProps): JSX.Element | null {
  if (kind === 'resolve') return <span class="step-value" />;
  const label = t('console.settings.step.value', { number });
  if (kind === 'reply' || kind === 'note') {
    return (
      <textarea
        class="step-value"
        dir="auto"
        rows={2}
        maxLength={4000}
        aria-label={label}
        value={value}
        onInput={({ currentTarget }) => { onChange(currentTarget.value); }}
      />
    );
  }
  const options = optionsOf(kind, value, choices);
  return (
    <select class="step-value" aria-label={label} value={value} onChange={({ currentTarget }) => { onChange(currentTarget.value); }}>
      {options.length === 0 && <option value="">{t('console.settings.step.nothing')}</option>}
      {options.map(([id, name]) => (
        <option key={id} value={id}>{name}</option>
      ))}
    </select>
  );
}

function optionsOf(kind: Kind, value: string, { labels, teams, agents }: Choices): (readonly [string, string])[] {
  switch (kind) {
    case 'label':
    case 'unlabel':
      return labels.map(({ slug, name }) => [slug, name]);
    case 'priority':
      return PRIORITIES.map((one) => [one, t(`console.settings.priority.${one}`)]);
    case 'assign':
      return [[ME, t('console.settings.step.me')], ...agents.map(({ id, name }) => [id, name] as const)];
    case 'transfer':
      return teams.map(({ id, name }) => [id, name]);
    case 'snooze':
      return [...new Set([...SNOOZES, Number(value)])]
        .filter((minutes) => minutes > 0)
        .map((minutes) => [String(minutes), formatDuration(minutes * MINUTE_MS)]);
    case 'reply':
    case 'note':
    case 'resolve':
      return [];
  }
}
