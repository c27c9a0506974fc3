/** An entry in all its languages side by side, as it is written and published. */
import type { JSX } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';

import { t } from '../../i18n';
import type { FaqEntry, FaqShelf } from '../../protocol/generated';
import { refusalOf, type Refusal } from '../../protocol/refusal';
import { Banner } from '../../ui/parts/Banner';
import { Button, IconButton } from '../../ui/parts/Button';
import { Dialog } from '../../ui/parts/Dialog';
import { ClockIcon, DownloadIcon, TrashIcon, XIcon } from '../../ui/parts/icons';
import { SkeletonRows } from '../../ui/parts/Skeleton';
import { showToast } from '../../ui/parts/Toast';
import { refusalText, tellRefusal } from '../../ui/refusals';
import { useConsole } from '../context';
import { nameOf, tidied, withPhrasings, type Wish } from './drafts';
import { groupName } from './Entries';
import { save } from './files';
import { HistoryDialog } from './HistoryDialog';

export interface EditorProps {
  shelf: FaqShelf;
  wish: Wish;
  onClose: () => void;
  onPublished: (id: string) => void;
  onRemoved: () => void;
}

interface Draft {
  entry: FaqEntry;
  revision: number;
  mistakes: readonly string[];
}

export function Editor({ shelf, wish, onClose, onPublished, onRemoved }: EditorProps): JSX.Element {
  const { api } = useConsole();
  const [draft, setDraft] = useState<Draft | null>(wish.kind === 'new' ? { entry: wish.entry, revision: 0, mistakes: [] } : null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [busy, setBusy] = useState(false);
  const [isChanged, setChanged] = useState(wish.kind === 'new' || wish.add !== undefined);
  const [asks, setAsks] = useState<'history' | 'remove' | null>(null);
  const id = wish.kind === 'entry' ? wish.id : '';
  const head = shelf.entries.find((entry) => entry.id === id);
  const isRemoved = head?.removed === true;

  const load = useCallback(async () => {
    if (wish.kind === 'new' || isRemoved) return;
    try {
      const { entry, revision, mistakes = [] } = await api.entry(wish.id);
      const begun = wish.add === undefined ? entry : withPhrasings(entry, wish.add.language, wish.add.phrasings);
      setDraft({ entry: begun, revision, mistakes });
      setRefusal(null);
    } catch (thrown) {
      setRefusal(refusalOf(thrown));
    }
  }, [api, wish, isRemoved]);

  useEffect(() => {
    void load();
  }, [load]);

  const change = (entry: FaqEntry): void => {
    setDraft((before) => ({ revision: 0, mistakes: [], ...before, entry }));
    setChanged(true);
  };

  const publish = async (): Promise<void> => {
    if (draft === null) return;
    setBusy(true);
    const entry = tidied(draft.entry);
    const settles = [...(wish.settles ?? [])];
    try {
      const published = await api.publish({ entry, revision: draft.revision, ...(settles.length === 0 ? {} : { settles }) });
      setDraft({ ...published, mistakes: published.mistakes ?? [] });
      setRefusal(null);
      setChanged(false);
      showToast({ text: t('console.published'), tone: 'good' });
      onPublished(entry.id);
    } catch (thrown) {
      setRefusal(refusalOf(thrown));
    }
    setBusy(false);
  };

  return (
    <section class="editor" aria-label={t('console.entry')}>
      <header class="editor-head">
        <h3 class="clip" dir="ltr">
          {id === '' ? t('console.entry.new') : id}
        </h3>
        {id !== '' && (
          <>
            <IconButton icon={ClockIcon} label={t('console.history')} aria-haspopup="dialog" onClick={() => { setAsks('history'); }} />
            <IconButton
              icon={DownloadIcon}
              label={t('console.export.entry')}
              onClick={() => {
                api.file('toml', id).then((file) => { save(file, `${id}.toml`); }, tellRefusal);
              }}
            />
            {!isRemoved && <IconButton icon={TrashIcon} label={t('console.remove')} aria-haspopup="dialog" onClick={() => { setAsks('remove'); }} />}
          </>
        )}
        <IconButton icon={XIcon} label={t('common.close')} onClick={onClose} />
      </header>
      <div class="editor-body scroll">
        {isRemoved && <Banner tone="warn">{t('console.entry.removed.text')}</Banner>}
        {draft === null && refusal === null && !isRemoved && <SkeletonRows label={t('common.loading')} />}
        {draft !== null && (
          <>
            <Facts shelf={shelf} entry={draft.entry} isNew={wish.kind === 'new'} onChange={change} />
            <div class="wordings">
              {shelf.languages.map((language) => (
                <Wording key={language} language={language} entry={draft.entry} onChange={change} />
              ))}
            </div>
            <p class="quiet editor-hint">
              {t('console.placeholders')} <span dir="ltr">{shelf.placeholders.map((name) => `{${name}}`).join(' ')}</span>
            </p>
            {draft.mistakes.length > 0 && (
              <details class="editor-mistakes">
                <summary>{t('console.advice', { count: draft.mistakes.length })}</summary>
                <ul dir="ltr">
                  {draft.mistakes.map((mistake) => (
                    <li key={mistake}>{mistake}</li>
                  ))}
                </ul>
              </details>
            )}
          </>
        )}
      </div>
      <footer class="editor-foot">
        <p class="sign-in-refusal" role="alert">
          {refusal !== null && (refusal.code === 'stale' ? t('console.stale') : refusalText(refusal))}
        </p>
        {refusal?.code === 'stale' && <Button onClick={() => void load()}>{t('console.load_again')}</Button>}
        <Button kind="primary" busy={busy} disabled={draft === null || !isChanged} onClick={() => void publish()}>
          {t('console.publish')}
        </Button>
      </footer>
      {asks === 'history' && (
        <HistoryDialog
          id={id}
          revision={head?.revision ?? 0}
          onClose={() => { setAsks(null); }}
          onUndone={() => {
            setAsks(null);
            onPublished(id);
            void load();
          }}
        />
      )}
      {asks === 'remove' && (
        <Dialog
          title={t('console.remove.title')}
          size="s"
          onClose={() => { setAsks(null); }}
          foot={
            <>
              <Button kind="quiet" onClick={() => { setAsks(null); }}>{t('common.cancel')}</Button>
              <Button kind="danger" onClick={() => void api.remove(id, draft?.revision ?? 0).then(onRemoved, tellRefusal)}>
                {t('console.remove')}
              </Button>
            </>
          }
        >
          <p class="quiet">{t('console.remove.text')}</p>
        </Dialog>
      )}
    </section>
  );
}

interface PartProps {
  entry: FaqEntry;
  onChange: (entry: FaqEntry) => void;
}

function Facts({ shelf, entry, isNew, onChange }: PartProps & { shelf: FaqShelf; isNew: boolean }): JSX.Element {
  const first = Object.values(entry.wordings)[0]?.question ?? '';
  return (
    <div class="facts">
      {isNew && (
        <label class="field">
          <span>{t('console.entry.name')}</span>
          <input
            dir="ltr"
            value={entry.id}
            placeholder={nameOf(first) || 'gift_wrap'}
            maxLength={40}
            pattern="[a-z][a-z0-9_]*"
            onInput={({ currentTarget }) => { onChange({ ...entry, id: currentTarget.value }); }}
          />
        </label>
      )}
      <label class="field">
        <span>{t('console.entry.group')}</span>
        <select value={entry.group} onChange={({ currentTarget }) => { onChange({ ...entry, group: currentTarget.value }); }}>
          {shelf.groups.map((group) => (
            <option key={group} value={group}>{groupName(group)}</option>
          ))}
        </select>
      </label>
      <label class="field">
        <span>{t('console.entry.related')}</span>
        <input
          dir="ltr"
          value={(entry.related ?? []).join(' ')}
          onChange={({ currentTarget }) => {
            onChange({ ...entry, related: currentTarget.value.split(/[\s,]+/u).filter((name) => name !== '') });
          }}
        />
      </label>
      <fieldset class="facts-checks">
        <legend class="unseen">{t('console.entry.actions')}</legend>
        {shelf.actions.map((action) => (
          <Check
            key={action}
            label={t(`console.action.${action}` as 'console.action.show_order')}
            isOn={(entry.actions ?? []).includes(action)}
            onTurn={(isOn) => {
              const others = (entry.actions ?? []).filter((other) => other !== action);
              onChange({ ...entry, actions: isOn ? [...others, action] : others });
            }}
          />
        ))}
        <Check label={t('console.entry.needs_order')} isOn={entry.needs_order ?? false} onTurn={(isOn) => { onChange({ ...entry, needs_order: isOn }); }} />
        <Check label={t('console.entry.ask_human')} isOn={entry.ask_human ?? false} onTurn={(isOn) => { onChange({ ...entry, ask_human: isOn }); }} />
      </fieldset>
    </div>
  );
}

function Check({ label, isOn, onTurn }: { label: string; isOn: boolean; onTurn: (isOn: boolean) => void }): JSX.Element {
  return (
    <label class="check">
      <input type="checkbox" checked={isOn} onChange={({ currentTarget }) => { onTurn(currentTarget.checked); }} />
      {label}
    </label>
  );
}

/** What a language calls itself, as a title has it. */
function titleOf(language: string): string {
  const name = new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language;
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
}

function Wording({ language, entry, onChange }: PartProps & { language: string }): JSX.Element {
  const wording = entry.wordings[language] ?? { question: '', answer: '' };
  const put = (change: Partial<typeof wording>): void => {
    onChange({ ...entry, wordings: { ...entry.wordings, [language]: { ...wording, ...change } } });
  };
  return (
    <fieldset class="wording" lang={language}>
      <legend>{titleOf(language)}</legend>
      <label class="field">
        <span>{t('console.entry.question')}</span>
        <input dir="auto" value={wording.question} maxLength={300} onInput={({ currentTarget }) => { put({ question: currentTarget.value }); }} />
      </label>
      <label class="field">
        <span>{t('console.entry.answer')}</span>
        <textarea dir="auto" rows={7} value={wording.answer} maxLength={2000} onInput={({ currentTarget }) => { put({ answer: currentTarget.value }); }} />
      </label>
      <label class="field">
        <span>{t('console.entry.phrasings', { count: (wording.phrasings ?? []).length })}</span>
        <textarea
          dir="auto"
          rows={8}
          value={(wording.phrasings ?? []).join('\n')}
          onInput={({ currentTarget }) => { put({ phrasings: currentTarget.value.split('\n') }); }}
        />
      </label>
    </fieldset>
  );
}
