/** The first screen: a greeting, help, the latest conversations, the way to orders. */
import type { ComponentType, JSX } from 'preact';
import { useEffect } from 'preact/hooks';

import { t } from '../i18n';
import { threadsOf } from '../state/select';
import { useLobby } from '../ui/lobby';
import { Later } from '../ui/Later';
import { Button } from '../ui/parts/Button';
import { ChevronRightIcon, PackageIcon } from '../ui/parts/icons-first';
import { SkeletonRows } from '../ui/parts/Skeleton';
import { panelId, tabId } from '../ui/parts/Tabs';
import { ConnectionBanner } from '../ui/threads/ConnectionBanner';
import { ThreadItem } from '../ui/threads/ThreadItem';
import { CloseButton } from './CloseButton';
import { fetchAhead, idle, rooms } from './later-screens';
import { useWidget } from './widget-context';

const LATEST = 3;

const loadNothing = async (): Promise<ComponentType> => (await rooms()).nothingYet();

/** What is read first comes first. */
const loadHelp = async (): Promise<ComponentType> => {
  await idle();
  return (await import('./help/card')).helpCard();
};

export function Home(): JSX.Element {
  const lobby = useLobby();
  const widget = useWidget();
  const { me, threads } = lobby.chat.value;
  const isGuest = widget.isGuest.value;

  const isSeen = widget.isOpen.value && (isGuest || me !== null);
  useEffect(() => {
    if (isSeen) fetchAhead();
  }, [isSeen]);

  return (
    <div class="home scroll" role="tabpanel" id={panelId('', 'home')} aria-labelledby={tabId('', 'home')}>
      <header class="home-head">
        <CloseButton />
        <h1 dir="auto">{me?.name ? t('home.greeting', { name: firstName(me.name) }) : t('home.greeting.anonymous')}</h1>
        <p>{t(isGuest ? 'home.lead.guest' : 'home.lead')}</p>
      </header>
      <ConnectionBanner />
      <div class="home-cards">
        <Later load={loadHelp} props={{}} meanwhile={<HelpShape />} />
        {(!isGuest || threads.size > 0) && <Latest />}
        {!isGuest && <OrdersLink />}
      </div>
    </div>
  );
}

/** As high as what comes. */
function HelpShape(): JSX.Element {
  return (
    <div class="card help-shape">
      <SkeletonRows rows={LATEST} label={t('common.loading')} />
    </div>
  );
}

/** How a person is greeted; a name of one word is that word. */
function firstName(name: string): string {
  return name.split(' ')[0] ?? name;
}

function Latest(): JSX.Element {
  const lobby = useLobby();
  const widget = useWidget();
  const { me } = lobby.chat.value;
  const threads = threadsOf(lobby.chat.value).slice(0, LATEST);
  return (
    <section class="card" aria-labelledby="latest">
      <h2 id="latest" class="card-title">
        {t('home.latest')}
      </h2>
      {me === null && <SkeletonRows rows={LATEST} label={t('common.loading')} />}
      {me !== null && threads.length === 0 && <Later load={loadNothing} props={{}} />}
      {threads.map((view) => (
        <ThreadItem
          key={view.id}
          view={view}
          onOpen={({ id }) => {
            widget.push({ kind: 'thread', id });
          }}
        />
      ))}
      {threads.length > 0 && (
        <div class="card-foot">
          <Button
            kind="quiet"
            wide
            onClick={() => {
              widget.show('messages');
            }}
          >
            {t('home.see_all')}
          </Button>
        </div>
      )}
    </section>
  );
}

function OrdersLink(): JSX.Element {
  const widget = useWidget();
  return (
    <button
      type="button"
      class="card card-link"
      onClick={() => {
        widget.show('orders');
      }}
    >
      <PackageIcon size={20} />
      <span>{t('home.orders')}</span>
      <ChevronRightIcon size={18} />
    </button>
  );
}
