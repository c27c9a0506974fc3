/** Where evidence is put in: photos with their progress, words, and messages that the two wrote about the order. */
import type { JSX } from 'preact';
import { useId, useRef, useState } from 'preact/hooks';

import { t } from '../../i18n';
import type { Message } from '../../state/model';
import { DropPlace, PhotoInput, photosOf, takeFiles } from '../composer/files';
import { Tray } from '../composer/Tray';
import { useKept, useRetried } from '../composer/use-kept';
import { Button } from '../parts/Button';
import { ChatIcon, ImageIcon } from '../parts/icons';
import { MessagePicker } from './MessagePicker';
import type { EvidenceWriting } from './writing';
import './fields.css';

export interface EvidenceFieldsProps {
  writing: EvidenceWriting;
  /** What the words are about. */
  label: string;
  /** Beside the label, quieter. */
  note?: string | undefined;
  placeholder?: string;
  /** Fetches the messages of the order; without it none can be put in. */
  loadMessages?: (() => Promise<readonly Message[]>) | undefined;
  /** Photos first: they are what is asked for. */
  photosFirst?: boolean;
}

/** So near the bound it is said how much is left. */
const LEFT_SAID = 200;

export function EvidenceFields(props: EvidenceFieldsProps): JSX.Element {
  const { writing, photosFirst = false } = props;
  useKept(writing);
  useRetried(writing.uploads);
  const take = (files: File[]): void => {
    takeFiles(writing.uploads, files);
  };
  const words = <Words key="words" {...props} onFiles={take} />;
  const pieces = <Pieces key="pieces" {...props} onFiles={take} />;
  return (
    <DropPlace onFiles={take}>
      <div class="putting-in">{photosFirst ? [pieces, words] : [words, pieces]}</div>
    </DropPlace>
  );
}

type PartProps = EvidenceFieldsProps & { onFiles: (files: File[]) => void };

function Words({ writing, label, note, placeholder, onFiles }: PartProps): JSX.Element {
  const id = useId();
  const text = writing.text.value;
  const left = writing.left.value;
  return (
    <div>
      <label class="field-label" htmlFor={id}>
        {label} {note !== undefined && <span class="quiet">({note})</span>}
      </label>
      <textarea
        id={id}
        class="field"
        rows={4}
        dir={text === '' ? undefined : 'auto'}
        value={text}
        placeholder={placeholder}
        aria-invalid={left < 0}
        onInput={(event) => { writing.text.value = event.currentTarget.value; }}
        onPaste={(event) => {
          const photos = photosOf(event.clipboardData?.files);
          if (photos.length === 0) return;
          event.preventDefault();
          onFiles(photos);
        }}
      />
      <p class={left < 0 ? 'field-fault figures' : 'field-note figures'} role="status">
        {left <= LEFT_SAID && (left < 0 ? t('composer.too_long', { count: -left }) : t('composer.left', { count: left }))}
      </p>
    </div>
  );
}

function Pieces({ writing, loadMessages, onFiles }: PartProps): JSX.Element {
  const chooser = useRef<HTMLInputElement>(null);
  const [isPicking, setPicking] = useState(false);
  const chosen = writing.messages.value.size;
  return (
    <div>
      <Tray uploads={writing.uploads} />
      <div class="putting-foot">
        <Button icon={ImageIcon} onClick={() => { chooser.current?.click(); }}>
          {t('composer.attach')}
        </Button>
        {loadMessages !== undefined && (
          <Button icon={ChatIcon} onClick={() => { setPicking(true); }}>
            {chosen === 0 ? t('dispute.messages.add') : t('dispute.messages.chosen', { count: chosen })}
          </Button>
        )}
      </div>
      <PhotoInput innerRef={chooser} onFiles={onFiles} />
      {isPicking && loadMessages !== undefined && <MessagePicker writing={writing} load={loadMessages} onClose={() => { setPicking(false); }} />}
    </div>
  );
}
