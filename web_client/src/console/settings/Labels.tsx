/** The labels of threads: all of them at once. */
import type { JSX } from 'preact';
import { useCallback, useRef } from 'preact/hooks';

import { t } from '../../i18n';
import type { Labels as LabelList } from '../../protocol/generated';
import { Button, IconButton } from '../../ui/parts/Button';
import { EmptyState } from '../../ui/parts/EmptyState';
import { AlertIcon, FlagIcon, PlusIcon, TrashIcon } from '../../ui/parts/icons';
import { useConsole } from '../context';
import { EditorFrame } from '../EditorFrame';
import { Shown } from '../Shown';
import { useDraft } from '../use-draft';
import { useLoaded } from '../use-loaded';
import { slugged } from './Canned';
import { distinct, isDistinct, PALETTE } from './colors';

const MOST = 100;

interface Row {
  readonly key: number;
  readonly slug: string;
  readonly name: string;
  readonly color: string;
  /** It is on threads already, so its short name stays. */
  readonly isKept: boolean;
}

interface Draft {
  readonly rows: readonly Row[];
}

let lastKey = 0;

function row(part: Omit<Row, 'key'>): Row {
  lastKey += 1;
  return { key: lastKey, ...part };
}

export function Labels(): JSX.Element {
  const { api } = useConsole();
  const load = useCallback(() => api.labels(), [api]);
  const loaded = useLoaded(load);
  return <Shown loaded={loaded}>{(labels) => <LabelsEditor labels={labels} />}</Shown>;
}

function LabelsEditor({ labels }: { labels: LabelList }): JSX.Element {
  const { api } = useConsole();
  const list = useRef<HTMLUListElement>(null);
  const work = useDraft<LabelList, Draft>({
    kept: labels,
    begin: (kept) => ({ rows: (kept?.labels ?? []).map((label) => row({ ...label, isKept: true })) }),
    send: ({ rows }, kept) =>
      api.putLabels({
        labels: rows.map(({ slug, name, color }) => ({ slug: slug === '' ? fallback(rows, name) : slug, name, color })),
        revision: kept?.revision ?? 0,
      }),
    fetch: () => api.labels(),
    onSaved: () => undefined,
  });
  const { rows } = work.draft;
  const put = (changed: Row): void => { work.change({ rows: rows.map((one) => (one.key === changed.key ? changed : one)) }); };
  const add = (
    <Button
      size="s"
      icon={PlusIcon}
      disabled={rows.length >= MOST}
      onClick={() => {
        const color = PALETTE[rows.length % PALETTE.length] ?? distinct('#6b7280');
        work.change({ rows: [...rows, row({ slug: '', name: '', color, isKept: false })] });
        requestAnimationFrame(() => { list.current?.querySelector<HTMLElement>('li:last-child .label-name')?.focus(); });
      }}
    >
      {t('console.settings.labels.add')}
    </Button>
  );

  if (rows.length === 0 && !work.isChanged) {
    return <EmptyState icon={FlagIcon} title={t('console.settings.labels.none')} text={t('console.settings.labels.text')}>{add}</EmptyState>;
  }
  return (
    <EditorFrame title={t('console.settings.labels')} work={work}>
      <p class="quiet">{t('console.settings.labels.text')}</p>
      <ul class="labels" ref={list}>
        {rows.map((one) => (
          <LabelRow
            key={one.key}
            label={one}
            onPut={put}
            onRemove={() => { work.change({ rows: rows.filter(({ key }) => key !== one.key) }); }}
          />
        ))}
      </ul>
      <div>{add}</div>
    </EditorFrame>
  );
}

function LabelRow({ label, onPut, onRemove }: { label: Row; onPut: (row: Row) => void; onRemove: () => void }): JSX.Element {
  const { slug, name, color, isKept } = label;
  const better = isDistinct(color) ? null : distinct(color);
  return (
    <li class="label-row">
      <input
        type="color"
        aria-label={t('console.settings.label.color', { name })}
        value={color}
        onInput={({ currentTarget }) => { onPut({ ...label, color: currentTarget.value }); }}
      />
      <input
        class="label-name"
        dir="auto"
        maxLength={60}
        aria-label={t('console.settings.label.name')}
        value={name}
        onInput={({ currentTarget: { value } }) => { onPut({ ...label, name: value, slug: isKept ? slug : slugged(value).replace(/-+$/u, '') }); }}
      />
      <span class="label-chip"><span class="label-dot" style={{ background: color }} /><bdi>{name === '' ? '…' : name}</bdi></span>
      <span class="quiet label-slug" dir="ltr">{slug}</span>
      <IconButton icon={TrashIcon} size="s" label={t('console.settings.label.remove', { name })} onClick={onRemove} />
      {better !== null && (
        <p class="label-advice" role="status">
          <AlertIcon size={15} />
          <span>{t('console.settings.label.faint')}</span>
          <Button size="s" onClick={() => { onPut({ ...label, color: better }); }}>
            <span class="label-dot" style={{ background: better }} /> {t('console.settings.label.better')}
          </Button>
        </p>
      )}
    </li>
  );
}

/** A short name for what is written in letters that short names do not have. */
function fallback(rows: readonly Row[], name: string): string {
  const taken = new Set(rows.map(({ slug }) => slug));
  const at = rows.findIndex((one) => one.name === name);
  for (let number = at + 1; ; number += 1) {
    const tried = `label-${String(number)}`;
    if (!taken.has(tried)) return tried;
  }
}
