/** What the lists are narrowed to. */
import type { JSX } from 'preact';

import { t } from '../../i18n';
import type { Filters as Narrowed } from '../../state/desk-lists';
import { PRIORITIES, priorityName } from '../priority';
import { useDesk } from './desk-context';

type Choice = readonly [value: string, name: string];

export function Filters(): JSX.Element {
  const desk = useDesk();
  const kit = desk.kit.value;
  const { counts } = desk.model.value;
  return (
    <div class="desk-filters" role="group" aria-label={t('console.desk.filters')}>
      <Field name="team" choices={(kit?.teams ?? []).map(({ id, name }) => [id, name])} />
      <Field name="label" choices={(kit?.labels ?? []).map(({ slug, name }) => [slug, name])} />
      <Field name="agent" choices={(counts?.agents ?? []).map(({ id, name }) => [id, name])} />
      <Field name="priority" choices={PRIORITIES.map((one) => [String(one), priorityName(one)])} />
    </div>
  );
}

function Field({ name, choices }: { name: keyof Narrowed; choices: readonly Choice[] }): JSX.Element {
  const desk = useDesk();
  return (
    <select
      aria-label={t(`console.desk.filter.${name}`)}
      value={desk.filters.value[name]}
      onChange={({ currentTarget: { value } }) => {
        desk.narrow({ [name]: value });
      }}
    >
      <option value="">{t(`console.desk.filter.${name}`)}</option>
      {choices.map(([value, label]) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
  );
}
