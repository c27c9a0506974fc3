/** "How can we help?": a question in one's own words, with the FAQ's below it while they are typed, or one that many ask. */
import type { JSX } from 'preact';
import { useCallback, useEffect, useId, useLayoutEffect, useMemo, useState } from 'preact/hooks';

import { locale, t } from '../../i18n';
import type { FaqLink, SupportStatus } from '../../protocol/generated';
import { TypeAhead } from '../../services/type-ahead';
import { IconButton } from '../../ui/parts/Button';
import { ChevronRightIcon } from '../../ui/parts/icons-first';
import { FlagIcon, SearchIcon, SendIcon } from '../../ui/parts/icons';
import { Skeleton } from '../../ui/parts/Skeleton';
import { useStatus } from '../../ui/use-status';
import type { Widget } from '../widget';
import { useWidget } from '../widget-context';
import { desk, statusOf, suggestions } from './desk';
import './help-card.css';

/** Who has conversations of his own is shown fewer, so that these stay in sight. */
const FEW = 3;
const MOST = 5;

/** Whether people answer, as the page around has heard it last. */
let told: boolean | undefined;

export function HelpCard(): JSX.Element {
  const widget = useWidget();
  const links = useSuggestions();
  const most = widget.isGuest.value ? MOST : FEW;
  const [text, setText] = useState('');
  const ahead = useMemo(() => new TypeAhead((words) => desk.search(words, locale.peek())), []);
  useEffect(
    () => () => {
      ahead.clear();
    },
    [ahead],
  );
  const hits = ahead.hits.value;
  const write = (words: string): void => {
    setText(words);
    ahead.write(words);
  };
  const ask = ({ entry, question }: FaqLink): void => {
    widget.push({ kind: 'opening', ask: { text: question, pick: `entry:${entry}` } });
  };

  return (
    <section class="card help" aria-labelledby="help">
      <div class="help-head">
        <h2 id="help">{t('help.title')}</h2>
        <Status />
      </div>
      <Asking
        text={text}
        hits={hits}
        onWrite={write}
        onPick={ask}
        onAsk={(words) => {
          widget.push({ kind: 'opening', ask: { text: words } });
        }}
      />
      {hits === null && <Suggested links={links} most={most} onPick={ask} />}
      <button
        type="button"
        class="help-item help-complain"
        onClick={() => {
          widget.push({ kind: 'opening', support: 'complaint' });
        }}
      >
        <FlagIcon size={16} />
        <span>{t('help.complain')}</span>
        <ChevronRightIcon size={16} />
      </button>
    </section>
  );
}

/** Whether people answer now: asked when the panel is first open, and when that changes. Until then, what is always true. */
function Status(): JSX.Element {
  const widget = useWidget();
  const ask = useCallback(() => askAloud(widget), [widget]);
  const status = useStatus(widget.isOpen.value ? ask : null);
  return <p class={`help-status${status?.open === false ? ' help-status-away' : ''}`}>{status?.text ?? t('help.status')}</p>;
}

/** The page around hears of it as well, also where its reader has gone on meanwhile. */
async function askAloud(widget: Widget): Promise<SupportStatus> {
  const status = await statusOf();
  if (status.open !== told) widget.embed.event('status', { open: status.open });
  told = status.open;
  return status;
}

interface AskingProps {
  text: string;
  /** Null while nothing was looked for. */
  hits: readonly FaqLink[] | null;
  onWrite: (text: string) => void;
  onPick: (link: FaqLink) => void;
  onAsk: (text: string) => void;
}

/** A combobox: the cursor stays in the words, the arrows walk through the list below them. */
function Asking({ text, hits, onWrite, onPick, onAsk }: AskingProps): JSX.Element {
  const id = useId();
  const [at, setAt] = useState(-1);
  // Before they are painted: who sees them may press an arrow at once.
  useLayoutEffect(() => {
    setAt(-1);
  }, [hits]);
  const list = hits ?? [];
  const chosen = list[at];
  const isOpen = list.length > 0;

  const submit = (): void => {
    if (chosen !== undefined) onPick(chosen);
    else if (text.trim() !== '') onAsk(text.trim());
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    if (event.key === 'Escape' && text !== '') {
      // The panel stays: only what is open here closes.
      event.preventDefault();
      if (at >= 0) setAt(-1);
      else onWrite('');
    } else if (isOpen && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      const by = event.key === 'ArrowDown' ? 1 : -1;
      // One place more than there are hits: that of one's own words.
      const places = list.length + 1;
      setAt(((at + 1 + by + places) % places) - 1);
    }
  };

  return (
    <>
      <form
        class="help-field"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <SearchIcon size={17} />
        <input
          type="text"
          role="combobox"
          dir={text === '' ? undefined : 'auto'}
          maxLength={4000}
          autocomplete="off"
          enterkeyhint="send"
          aria-label={t('help.search')}
          placeholder={t('help.search')}
          aria-autocomplete="list"
          aria-expanded={isOpen}
          aria-controls={`${id}list`}
          aria-activedescendant={chosen === undefined ? undefined : `${id}${String(at)}`}
          value={text}
          onInput={(event) => {
            onWrite(event.currentTarget.value);
          }}
          onKeyDown={onKeyDown}
        />
        <IconButton type="submit" size="m" icon={SendIcon} label={t('help.ask')} disabled={text.trim() === ''} />
      </form>
      <p class="unseen" role="status">
        {hits?.length === 0 && t('help.none')}
      </p>
      <ul class="help-list" role="listbox" id={`${id}list`} aria-label={t('help.suggestions')} hidden={!isOpen}>
        {list.map((link, place) => (
          <li
            key={link.entry}
            id={`${id}${String(place)}`}
            role="option"
            class="help-item"
            aria-selected={place === at}
            // The cursor stays where it is.
            onMouseDown={(event) => {
              event.preventDefault();
            }}
            onClick={() => {
              onPick(link);
            }}
          >
            <span dir="auto">{link.question}</span>
            <ChevronRightIcon size={16} />
          </li>
        ))}
      </ul>
      {hits?.length === 0 && (
        <p class="help-none" aria-hidden="true">
          {t('help.none')}
        </p>
      )}
    </>
  );
}

interface SuggestedProps {
  /** Null until they are there. */
  links: readonly FaqLink[] | null;
  most: number;
  onPick: (link: FaqLink) => void;
}

function Suggested({ links, most, onPick }: SuggestedProps): JSX.Element | null {
  if (links?.length === 0) return null;
  return (
    <ul class="help-list" aria-label={t('help.suggestions')} aria-busy={links === null}>
      {links === null
        ? Array.from({ length: most }, (_, place) => (
            <li class="help-item help-item-shape" key={place}>
              <Skeleton width={`${String(48 + ((place * 23) % 34))}%`} />
            </li>
          ))
        : links.slice(0, most).map((link) => (
            <li key={link.entry}>
              <button
                type="button"
                class="help-item"
                onClick={() => {
                  onPick(link);
                }}
              >
                <span dir="auto">{link.question}</span>
                <ChevronRightIcon size={16} />
              </button>
            </li>
          ))}
    </ul>
  );
}

/** Asked for when the panel is first open: pages on which nobody looks at it ask nothing. */
function useSuggestions(): readonly FaqLink[] | null {
  const widget = useWidget();
  const [links, setLinks] = useState<readonly FaqLink[] | null>(null);
  const isWanted = widget.isOpen.value && (links === null || links.length === 0);
  useEffect(() => {
    let isHere = true;
    if (isWanted) {
      void suggestions().then((found) => {
        if (isHere) setLinks(found);
      });
    }
    return () => {
      isHere = false;
    };
  }, [isWanted]);
  return links;
}
