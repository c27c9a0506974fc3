/** A dispute as its shop works with it: how long there is, what is asked and offered, what may be done, what was said. */
import type { JSX } from 'preact';
import { useCallback, useState } from 'preact/hooks';

import { t } from '../../i18n';
import type { DisputeView } from '../../protocol/generated';
import { DisputeState } from '../../ui/disputes/DisputeState';
import { ScaleIcon } from '../../ui/parts/icons';
import { panelId, tabId, Tabs } from '../../ui/parts/Tabs';
import { Picture } from '../../ui/threads/SubjectPicture';
import { ThreadView } from '../../ui/threads/ThreadView';
import { useMedia } from '../../ui/use-media';
import { useTurn } from '../../ui/use-turn';
import { useDesk } from '../desk-context';
import { CaseFile } from './CaseFile';
import { CaseHead } from './CaseHead';

export interface DisputeCaseProps {
  view: DisputeView;
  shop: string;
  isNarrow: boolean;
}

/** Room for what is said beside what is asked and offered. */
const SPACIOUS = '(min-width: 1400px)';
const NAME = 'case-';
const SIDES = ['file', 'talk'] as const;

type Side = (typeof SIDES)[number];

export function DisputeCase({ view, shop, isNarrow }: DisputeCaseProps): JSX.Element {
  const { client, disputes } = useDesk();
  const [side, setSide] = useState<Side>('file');
  // From then on a mediator may be asked: nobody tells that, it is so by itself.
  const look = useCallback(() => {
    disputes.disputes.look(shop, view.id).catch(() => undefined);
  }, [disputes, shop, view.id]);
  useTurn(view.escalate_from ?? Infinity, look);
  const isSpacious = useMedia(SPACIOUS);
  const unread = client.chat.value.threads.get(view.thread_id)?.view.unread ?? 0;
  const talk = <ThreadView key={view.thread_id} threadId={view.thread_id} />;
  return (
    <section class="docket-case" aria-label={t('inbox.disputes.case')}>
      <CaseHead
        title={view.line.title}
        about={<About view={view} />}
        picture={<Picture address={view.line.photo_url} size={36} rest={<span class="case-blank"><ScaleIcon size={18} /></span>} />}
        state={<DisputeState view={view} />}
        isNarrow={isNarrow}
      />
      {isSpacious ? (
        <div class="case-halves">
          <div class="case-scroll scroll">
            <CaseFile view={view} shop={shop} />
          </div>
          <section class="case-talk thread-pane" aria-label={t('inbox.disputes.side.talk')}>
            {talk}
          </section>
        </div>
      ) : (
        <>
          <Tabs
            label={t('inbox.disputes.case')}
            name={NAME}
            items={SIDES.map((id) => ({
              id,
              label: t(`inbox.disputes.side.${id}`),
              ...(id === 'talk' ? { count: unread, countLabel: t('list.unread', { count: unread }) } : {}),
            }))}
            current={side}
            onPick={setSide}
          />
          <div id={panelId(NAME, side)} role="tabpanel" aria-labelledby={tabId(NAME, side)} class={side === 'talk' ? 'case-talk thread-pane' : 'case-scroll scroll'}>
            {isNarrow && <h2 class="unseen">{t(`inbox.disputes.side.${side}`)}</h2>}
            {side === 'talk' ? talk : <CaseFile view={view} shop={shop} />}
          </div>
        </>
      )}
    </section>
  );
}

/** Who says that what happened, and with which order; its conversation is one press away. */
function About({ view }: { view: DisputeView }): JSX.Element {
  const desk = useDesk();
  const thread = desk.views.value.find(({ kind, order }) => kind === 'order' && order?.id === view.order_id);
  const number = <bdi class="figures">{view.order_number}</bdi>;
  return (
    <>
      <bdi class="clip">{view.buyer.name}</bdi>
      <span aria-hidden="true">·</span>
      {thread === undefined ? number : <a href={`#/t/${thread.id}`}>{number}</a>}
    </>
  );
}
