/** Words that a seller writes often. They stay in this browser and go into the composer, never out by themselves. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

import { t } from '../i18n';
import { Button, IconButton } from '../ui/parts/Button';
import { Dialog } from '../ui/parts/Dialog';
import { EmptyState } from '../ui/parts/EmptyState';
import { PencilIcon, PlusIcon, TrashIcon, ZapIcon } from '../ui/parts/icons';
import { Menu, type MenuItem } from '../ui/parts/Menu';
import { useTalk } from '../ui/threads/talk';
import { useDesk } from './desk-context';
import { prefer, preferences } from './preferences';
import './quick.css';

/** The seller's own, or some to begin with in his language. */
export function quickReplies(): readonly string[] {
  return (
    preferences.value.quick ?? [
      t('inbox.quick.sample.available'),
      t('inbox.quick.sample.shipped'),
      t('inbox.quick.sample.thanks'),
    ]
  );
}

export function QuickButton(): JSX.Element {
  const desk = useDesk();
  const talk = useTalk();
  const items: MenuItem[] = quickReplies().map((text, index) => ({
    id: String(index),
    label: text,
    onPick: () => {
      talk.suggested.value = text;
    },
  }));
  const manage: MenuItem = {
    id: 'manage',
    label: t('inbox.quick.manage'),
    icon: PencilIcon,
    apart: items.length > 0,
    onPick: () => {
      desk.window.value = 'quick';
    },
  };
  return <Menu label={t('inbox.quick.title')} icon={ZapIcon} items={[...items, manage]} align="start" class="quick-menu" />;
}

export function QuickDialog({ onClose }: { onClose: () => void }): JSX.Element {
  const [text, setText] = useState('');
  const replies = quickReplies();
  const keep = (quick: readonly string[]): void => {
    prefer({ quick });
  };
  return (
    <Dialog title={t('inbox.quick.title')} onClose={onClose}>
      <p class="quiet quick-lead">{t('inbox.quick.lead')}</p>
      {replies.length === 0 && <EmptyState icon={ZapIcon} title={t('inbox.quick.empty')} compact />}
      <ul class="quick-list">
        {replies.map((reply, index) => (
          <li key={reply}>
            <span dir="auto">{reply}</span>
            <IconButton
              icon={TrashIcon}
              size="s"
              label={t('inbox.quick.remove')}
              onClick={() => {
                keep(replies.filter((_, other) => other !== index));
              }}
            />
          </li>
        ))}
      </ul>
      <form
        class="quick-new"
        onSubmit={(event) => {
          event.preventDefault();
          const words = text.trim();
          if (words === '') return;
          keep([...replies.filter((reply) => reply !== words), words]);
          setText('');
        }}
      >
        <label class="field">
          <span>{t('inbox.quick.new')}</span>
          <textarea
            rows={2}
            maxLength={1000}
            dir="auto"
            value={text}
            onInput={({ currentTarget: { value } }) => {
              setText(value);
            }}
          />
        </label>
        <Button type="submit" kind="primary" icon={PlusIcon} disabled={text.trim() === ''}>
          {t('common.save')}
        </Button>
      </form>
    </Dialog>
  );
}
