/** Where a review is written: words with their count, and photos that are chosen, pasted or dropped. */
import type { JSX } from 'preact';
import { useId, useRef } from 'preact/hooks';

import { t } from '../../i18n';
import { codePoints } from '../../protocol/texts';
import { useClient } from '../client';
import { DropPlace, PhotoInput, photosOf, takeFiles } from '../composer/files';
import { Tray } from '../composer/Tray';
import { useKept, useRetried } from '../composer/use-kept';
import { Button } from '../parts/Button';
import { ImageIcon } from '../parts/icons';
import type { ReviewWriting } from './writing';
import './words-field.css';

export interface WordsFieldProps {
  writing: ReviewWriting;
  label: string;
  /** Beside the label, quieter. */
  note?: string;
  placeholder: string;
}

export function WordsField({ writing, label, note, placeholder }: WordsFieldProps): JSX.Element {
  const id = useId();
  const chooser = useRef<HTMLInputElement>(null);
  const text = writing.text.value;
  useKept(writing);
  useRetried(writing.uploads);
  const take = (files: File[]): void => {
    takeFiles(writing.uploads, files);
  };

  return (
    <DropPlace onFiles={take}>
      <label class="words-label" htmlFor={id}>
        {label} {note !== undefined && <span class="quiet">({note})</span>}
      </label>
      <textarea
        id={id}
        class="words-text"
        rows={4}
        dir={text === '' ? undefined : 'auto'}
        value={text}
        placeholder={placeholder}
        aria-describedby={`${id}count`}
        aria-invalid={writing.left.value < 0}
        onInput={(event) => {
          writing.text.value = event.currentTarget.value;
        }}
        onPaste={(event) => {
          const photos = photosOf(event.clipboardData?.files);
          if (photos.length === 0) return;
          event.preventDefault();
          take(photos);
        }}
      />
      <Tray uploads={writing.uploads} />
      <div class="words-foot">
        <Button size="s" icon={ImageIcon} onClick={() => { chooser.current?.click(); }}>
          {t('composer.attach')}
        </Button>
        <Count writing={writing} id={`${id}count`} />
      </div>
      <PhotoInput innerRef={chooser} onFiles={take} />
    </DropPlace>
  );
}

/** So near the bound it is said aloud how much is left. */
const LEFT_SAID = 200;

function Count({ writing, id }: { writing: ReviewWriting; id: string }): JSX.Element {
  const most = useClient().chat.value.limits.text;
  const left = writing.left.value;
  const words = left < 0 ? t('composer.too_long', { count: -left }) : t('composer.left', { count: left });
  const isNear = left <= LEFT_SAID;
  return (
    <p class={`words-count figures${left < 0 ? ' words-over' : ''}`}>
      <span id={id}>{isNear ? words : t('review.text.count', { count: codePoints(writing.text.value), most })}</span>
      <span class="unseen" role="status">
        {isNear && words}
      </span>
    </p>
  );
}
