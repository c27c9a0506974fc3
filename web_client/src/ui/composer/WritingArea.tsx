/** The text itself: grows to six lines, then scrolls. */
import type { JSX, Ref } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

import { t } from '../../i18n';
import { useTalk } from '../threads/talk';
import { photosOf, takeFiles } from './files';
import type { Assist } from './Composer';
import type { Writing } from './writing';

export interface WritingAreaProps {
  writing: Writing;
  innerRef: Ref<HTMLTextAreaElement> & { current: HTMLTextAreaElement | null };
  otherName: string;
  onSubmit: () => void;
  /** The arrow up was pressed in an empty place. */
  onEditLast: () => void;
  assist?: Assist | undefined;
}

const MOST_LINES = 6;

export function WritingArea({ writing, innerRef, otherName, onSubmit, onEditLast, assist }: WritingAreaProps): JSX.Element {
  const talk = useTalk();
  const text = writing.text.value;
  const list = assist?.list(writing);
  const lineHeight = useRef(0);

  useEffect(() => {
    const area = innerRef.current;
    if (area === null) return;
    lineHeight.current ||= parseFloat(getComputedStyle(area).lineHeight) || 22;
    area.style.height = 'auto';
    const most = lineHeight.current * MOST_LINES + (area.offsetHeight - area.clientHeight) + 16;
    area.style.height = `${String(Math.min(area.scrollHeight, most))}px`;
    area.style.overflowY = area.scrollHeight > most ? 'auto' : 'hidden';
  }, [innerRef, text]);

  const onKeyDown = (event: KeyboardEvent): void => {
    // While letters are being put together (Chinese, Japanese, ...), Enter chooses them.
    if (event.isComposing || assist?.onKey(event, writing) === true) return;
    if (event.key === 'Enter' && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      onSubmit();
    } else if (event.key === 'ArrowUp' && text === '') {
      event.preventDefault();
      onEditLast();
    } else if (event.key === 'Escape' && talk.editing.value !== null) {
      event.stopPropagation();
      writing.cancelEdit();
    } else if (event.key === 'Escape' && talk.replyTo.value !== null) {
      event.stopPropagation();
      talk.replyTo.value = null;
    }
  };

  return (
    <textarea
      ref={innerRef}
      class="composer-text scroll"
      rows={1}
      dir={text === '' ? undefined : 'auto'}
      value={text}
      aria-label={t('composer.label')}
      aria-autocomplete={assist === undefined ? undefined : 'list'}
      aria-controls={list?.id}
      aria-activedescendant={list?.active}
      placeholder={talk.help.value !== null ? t('support.placeholder') : otherName === '' ? t('composer.placeholder') : t('composer.placeholder.to', { name: otherName })}
      title={assist?.hint ?? t('composer.hint')}
      enterkeyhint="send"
      autocomplete="off"
      onInput={(event) => {
        writing.write(event.currentTarget.value);
      }}
      onKeyDown={onKeyDown}
      onPaste={(event) => {
        const photos = photosOf(event.clipboardData?.files);
        if (photos.length === 0) return;
        event.preventDefault();
        takeFiles(writing.uploads, photos);
      }}
    />
  );
}
