/** What may be done with a whole conversation: quiet it, put it away, block the other side. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

import { t } from '../../i18n';
import type { ThreadView } from '../../protocol/generated';
import { isSupport, otherName } from '../../state/select';
import { useClient } from '../client';
import { Button } from '../parts/Button';
import { Dialog } from '../parts/Dialog';
import { ArchiveIcon, ArchiveRestoreIcon, BanIcon, BellIcon, BellOffIcon, EllipsisIcon, UserIcon } from '../parts/icons';
import { Menu, type MenuItem } from '../parts/Menu';
import { showToast } from '../parts/Toast';
import { tellRefusal } from '../refusals';

export interface ThreadMenuProps {
  view: ThreadView;
  /** The thread went into the archive: a screen may want to leave it. */
  onArchived?: () => void;
  /** What a screen adds, above the rest. */
  more?: readonly MenuItem[];
}

export function ThreadMenu({ view, onArchived, more = [] }: ThreadMenuProps): JSX.Element {
  const client = useClient();
  const [asks, setAsks] = useState(false);
  const isMuted = view.muted === true;
  const isArchived = view.archived === true;
  const isBlocked = view.blocked_by === 'me' || view.blocked_by === 'both';

  const put = (settings: { muted?: boolean; archived?: boolean }, said: string, after?: () => void): void => {
    client.putSettings(view.id, settings).then(() => {
      showToast({ text: said, tone: 'good' });
      after?.();
    }, tellRefusal);
  };
  const block = (blocked: boolean): void => {
    setAsks(false);
    client.putBlock(view.id, blocked).then(() => {
      showToast({ text: t(blocked ? 'thread.blocked' : 'thread.unblocked'), tone: 'good' });
    }, tellRefusal);
  };

  const blocking: MenuItem = {
    id: 'block',
    label: t(isBlocked ? 'thread.unblock' : 'thread.block'),
    icon: BanIcon,
    danger: !isBlocked,
    apart: true,
    onPick: () => {
      if (isBlocked) block(false);
      else setAsks(true);
    },
  };
  const human: MenuItem = {
    id: 'human',
    label: t('support.human'),
    icon: UserIcon,
    onPick: () => {
      client.send({ threadId: view.id, text: t('support.human.text'), photos: [], pick: 'human' });
    },
  };

  const items: MenuItem[] = [
    ...more,
    ...(isSupport(view) && view.state === 'bot' ? [human] : []),
    {
      id: 'mute',
      label: t(isMuted ? 'thread.unmute' : 'thread.mute'),
      icon: isMuted ? BellIcon : BellOffIcon,
      onPick: () => {
        put({ muted: !isMuted }, t(isMuted ? 'thread.unmuted' : 'thread.muted'));
      },
    },
    {
      id: 'archive',
      label: t(isArchived ? 'thread.unarchive' : 'thread.archive'),
      icon: isArchived ? ArchiveRestoreIcon : ArchiveIcon,
      onPick: () => {
        const said = t(isArchived ? 'thread.unarchived' : 'thread.archived');
        put({ archived: !isArchived }, said, isArchived ? undefined : onArchived);
      },
    },
    ...(isSupport(view) ? [] : [blocking]),
  ];

  return (
    <>
      <Menu label={t('common.more')} icon={EllipsisIcon} items={items} />
      {asks && (
        <BlockDialog
          name={otherName(view)}
          onClose={() => {
            setAsks(false);
          }}
          onBlock={() => {
            block(true);
          }}
        />
      )}
    </>
  );
}

function BlockDialog({ name, onClose, onBlock }: { name: string; onClose: () => void; onBlock: () => void }): JSX.Element {
  return (
    <Dialog
      title={t('thread.block.title', { name })}
      size="s"
      onClose={onClose}
      foot={
        <>
          <Button kind="quiet" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button kind="danger" onClick={onBlock}>
            {t('thread.block')}
          </Button>
        </>
      }
    >
      <p class="quiet">{t('thread.block.text')}</p>
    </Dialog>
  );
}
