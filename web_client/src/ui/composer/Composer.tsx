/** Where messages are written. Enter sends, Shift+Enter breaks the line; photos are dropped, pasted or chosen. */
import { untracked, useSignalEffect } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';

import { t } from '../../i18n';
import type { ThreadView } from '../../protocol/generated';
import { canEdit } from '../../state/progress';
import { useClient } from '../client';
import { IconButton } from '../parts/Button';
import { CheckIcon, ImageIcon, SendIcon } from '../parts/icons';
import { tellRefusal } from '../refusals';
import { useTalk } from '../threads/talk';
import { CannotWrite } from './CannotWrite';
import { ContextBar } from './ContextBar';
import { EmojiButton } from './EmojiButton';
import { DropPlace, PhotoInput, takeFiles } from './files';
import { Tray } from './Tray';
import { useKept, useRetried } from './use-kept';
import { Writing } from './writing';
import { WritingArea } from './WritingArea';
import './composer.css';

export interface ComposerProps {
  view: ThreadView;
  otherName: string;
  focus: boolean;
  /** More buttons beside the writing. */
  tools?: ComponentChildren;
  assist?: Assist | undefined;
}

/** What a screen has to say to the writing. */
export interface Assist {
  /** Shown above the text. */
  above: (writing: Writing) => ComponentChildren;
  /** Asked before a message goes; false holds it back. */
  beforeSend: () => Promise<boolean>;
  /** A key in the text; true where it meant something. */
  onKey: (event: KeyboardEvent, writing: Writing) => boolean;
  /** What the text is written with the help of, for those who listen to it. */
  list: (writing: Writing) => { id: string; active: string | undefined } | undefined;
  hint: string;
}

export function Composer(props: ComposerProps): JSX.Element {
  return props.view.can_write === false ? <CannotWrite view={props.view} /> : <OpenComposer {...props} />;
}

export function OpenComposer({ otherName, focus, tools, assist }: Omit<ComposerProps, 'view'>): JSX.Element {
  const client = useClient();
  const talk = useTalk();
  const writing = useMemo(() => new Writing(client, talk), [client, talk]);
  const area = useRef<HTMLTextAreaElement>(null);
  const chooser = useRef<HTMLInputElement>(null);
  useKept(writing);
  useRetried(writing.uploads);
  useFocus(area, focus);

  useSignalEffect(() => {
    const message = talk.editing.value;
    untracked(() => {
      if (message !== null) writing.edit(message.text ?? '');
    });
    if (message !== null || talk.replyTo.value !== null) area.current?.focus();
  });
  useSignalEffect(() => {
    const words = talk.suggested.value;
    if (words === null) return;
    talk.suggested.value = null;
    const before = writing.text.peek().trimEnd();
    writing.write(before === '' ? words : `${before} ${words}`);
    area.current?.focus();
  });

  const send = async (): Promise<void> => {
    const isEdit = talk.editing.value !== null;
    if (assist !== undefined && !isEdit && writing.isReady.value && !(await assist.beforeSend())) return;
    await writing.submit();
  };
  const submit = (): void => {
    send().catch(tellRefusal);
    area.current?.focus();
  };
  const editLast = (): void => {
    const message = writing.lastOwn();
    if (message !== null && canEdit(client.chat.value, message, client.now())) talk.editing.value = message;
  };
  const isEditing = talk.editing.value !== null;

  return (
    <DropPlace onFiles={(files) => { takeFiles(writing.uploads, files); }}>
      <form
        class="composer"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <ContextBar onCancelEdit={() => { writing.cancelEdit(); }} />
        <Tray uploads={writing.uploads} />
        {assist?.above(writing)}
        <div class="composer-row">
          {!isEditing && <IconButton icon={ImageIcon} label={t('composer.attach')} onClick={() => { chooser.current?.click(); }} />}
          {!isEditing && tools}
          <WritingArea writing={writing} innerRef={area} otherName={otherName} onSubmit={submit} onEditLast={editLast} assist={assist} />
          <EmojiButton area={area} onPick={(text) => { writing.write(text); }} />
          <IconButton
            type="submit"
            kind="primary"
            class="composer-send"
            icon={isEditing ? CheckIcon : SendIcon}
            label={t(isEditing ? 'common.save' : 'common.send')}
            disabled={!writing.isReady.value}
          />
        </div>
        <Left left={writing.left.value} />
        <PhotoInput innerRef={chooser} onFiles={(files) => { takeFiles(writing.uploads, files); }} />
      </form>
    </DropPlace>
  );
}

/** So near the bound it is said how much is left. */
const LEFT_SHOWN = 200;

function Left({ left }: { left: number }): JSX.Element | null {
  if (left > LEFT_SHOWN) return null;
  const text = left < 0 ? t('composer.too_long', { count: -left }) : t('composer.left', { count: left });
  return (
    <p class={`composer-left figures${left < 0 ? ' composer-over' : ''}`} role="status">
      {text}
    </p>
  );
}

/** With a mouse the cursor may be set at once; on a phone that would push the keyboard up unasked. */
function useFocus(area: { current: HTMLTextAreaElement | null }, focus: boolean): void {
  useEffect(() => {
    if (focus && matchMedia('(pointer: fine)').matches) area.current?.focus({ preventScroll: true });
  }, [area, focus]);
}
