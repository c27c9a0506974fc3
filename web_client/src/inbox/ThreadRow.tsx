/** One conversation in the list: who, when, the last words, what it is about, and how long there is to answer. */
import type { JSX } from 'preact';

import { t } from '../i18n';
import type { ThreadView } from '../protocol/generated';
import { isSupport, otherName } from '../state/select';
import { SupportLine } from '../ui/answers/SupportLine';
import { Avatar } from '../ui/parts/Avatar';
import { Count } from '../ui/parts/Count';
import { BanIcon, BellOffIcon, PackageIcon, ShoppingBagIcon } from '../ui/parts/icons';
import { RelativeTime } from '../ui/parts/RelativeTime';
import { RowLink } from '../ui/parts/RowLink';
import { preview } from '../ui/threads/preview';
import { SupportMark } from '../ui/threads/SupportMark';
import { Due } from './Due';
import { useDesk } from './desk-context';
import { topicOf } from './groups';
import './thread-row.css';

export function ThreadRow({ view }: { view: ThreadView }): JSX.Element {
  const desk = useDesk();
  const unread = view.unread ?? 0;
  return (
    <RowLink class={unread > 0 ? 'row-unread' : ''} desk={desk} id={view.id}>
      <Face view={view} />
      <span class="row-words">
        <span class="row-line">
          <span class="row-name clip" dir="auto">
            {otherName(view)}
          </span>
          <RelativeTime at={view.last_at} class="row-time" />
        </span>
        <span class="row-line">
          <LastWords view={view} />
          <Count count={unread} label={t('list.unread', { count: unread })} />
        </span>
        <span class="row-line row-about">
          <Topic view={view} />
          <Due view={view} />
        </span>
      </span>
    </RowLink>
  );
}

/** Whom the conversation is with. Support has no face of its own. */
export function Face({ view, online }: { view: ThreadView; online?: boolean | undefined }): JSX.Element {
  return isSupport(view) ? <SupportMark view={view} size={36} /> : <Avatar name={otherName(view)} size={36} online={online} />;
}

function LastWords({ view }: { view: ThreadView }): JSX.Element {
  const { last, my_side: side } = view;
  if (last === undefined) return <span class="row-last quiet clip">{t('list.no_messages')}</span>;
  const words = preview(last);
  return (
    <span class="row-last clip" dir="auto">
      {/* Who said it has no part in which way the words run. */}
      {last.side === side && <bdi>{t('list.you', { text: '' })}</bdi>}
      {words}
    </span>
  );
}

export function Topic({ view }: { view: ThreadView }): JSX.Element {
  return isSupport(view) ? <Asked view={view} /> : <Subject view={view} />;
}

/** What is asked of support is about nothing that has a name: who answers takes its place. */
function Asked({ view }: { view: ThreadView }): JSX.Element {
  return (
    <span class="topic">
      <SupportLine view={view} />
      {view.muted === true && <Mark icon={BellOffIcon} label={t('list.muted')} />}
    </span>
  );
}

function Subject({ view }: { view: ThreadView }): JSX.Element {
  const topic = topicOf(view);
  const Icon = topic.kind === 'order' ? PackageIcon : ShoppingBagIcon;
  return (
    <span class="topic">
      <Icon size={13} />
      <span class="unseen">{t(topic.kind === 'order' ? 'order.label' : 'product.label')}</span>
      <span class="clip figures" dir="auto">
        {topic.text}
      </span>
      {view.muted === true && <Mark icon={BellOffIcon} label={t('list.muted')} />}
      {view.blocked_by !== undefined && <Mark icon={BanIcon} label={t('thread.blocked')} />}
    </span>
  );
}

function Mark({ icon: Icon, label }: { icon: typeof BanIcon; label: string }): JSX.Element {
  return (
    <span title={label}>
      <Icon size={13} />
      <span class="unseen">{label}</span>
    </span>
  );
}
