/** A complaint with all that it is judged by: the messages, the answer, the shop's hours and how it answers others. */
import type { ComponentChildren, JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

import { formatWhen, t } from '../../i18n';
import type { ComplaintView } from '../../protocol/generated';
import { formatLeft } from '../../ui/disputes/left';
import { Badge } from '../../ui/parts/Badge';
import { Button, IconButton } from '../../ui/parts/Button';
import { ArrowLeftIcon, ChatIcon, CheckIcon, ClockIcon, HourglassIcon } from '../../ui/parts/icons';
import { Key } from '../moderation/Key';
import { useComplaints } from './context';
import { DecideForm } from './DecideForm';
import { ShopFacts } from './ShopFacts';

export function ComplaintPane({ complaint }: { complaint: ComplaintView }): JSX.Element {
  const room = useComplaints();
  const deciding = room.deciding.value;
  return (
    <article class="editor case" aria-labelledby="complaint-title">
      <Head complaint={complaint} />
      <div class="editor-body scroll case-body" tabIndex={0} role="group" aria-labelledby="complaint-title">
        <Said complaint={complaint} />
        {deciding === null ? <ShopFacts complaint={complaint} /> : <DecideForm key={deciding} verdict={deciding} />}
      </div>
      {deciding === null && complaint.acts.length > 0 && (
        <footer class="case-foot case-deeds">
          <Button kind="primary" onClick={() => { room.deciding.value = 'uphold'; }}>{t('console.complaints.uphold')} <Key name="U" /></Button>
          <Button onClick={() => { room.deciding.value = 'reject'; }}>{t('console.complaints.reject')} <Key name="R" /></Button>
        </footer>
      )}
    </article>
  );
}

function Head({ complaint }: { complaint: ComplaintView }): JSX.Element {
  const room = useComplaints();
  const title = useRef<HTMLHeadingElement>(null);
  const turn = room.turn.value;
  const { waits_for: waits, buyer, shop, about } = complaint;
  useLayoutEffect(() => {
    if (turn > 0) title.current?.focus({ preventScroll: true });
  }, [turn]);
  return (
    <header class="editor-head case-head">
      <IconButton class="case-back" icon={ArrowLeftIcon} label={t('common.back')} onClick={() => { room.leave(); }} />
      <div class="case-title">
        <h2 id="complaint-title" ref={title} tabIndex={-1}>
          <bdi>{shop.name}</bdi>
        </h2>
        <p class="quiet">
          <bdi>{buyer.name}</bdi> · <bdi>{about}</bdi> · {formatWhen(complaint.opened_at)}
        </p>
      </div>
      <Badge tone={waits === 'mediator' ? 'warn' : 'neutral'} icon={waits === undefined ? CheckIcon : waits === 'mediator' ? ClockIcon : HourglassIcon}>
        {waits === undefined ? t('console.complaints.over') : t(`console.complaints.waits.${waits}`)}
      </Badge>
    </header>
  );
}

function Said({ complaint }: { complaint: ComplaintView }): JSX.Element {
  const { messages, text, answer = '', answered_at: answeredAt, not_solved: notSolved = '', decision = '' } = complaint;
  return (
    <div class="case-main">
      <p class="complaint-waited">
        <HourglassIcon size={20} />
        {t('console.complaints.waited', { time: formatLeft(complaint.waited_ms) })}
      </p>
      <Part title={t('console.complaints.messages')}>
        <ol class="said-all">
          {messages.map((message) => (
            <li key={message.seq} class="said">
              <p class="said-head quiet figures">{formatWhen(message.at)}</p>
              <p class="said-text" dir="auto">{message.text}</p>
              {(message.photos ?? 0) > 0 && <p class="quiet">{t('console.disputes.photos', { count: message.photos ?? 0 })}</p>}
            </li>
          ))}
        </ol>
        <p class="quiet complaint-note">{t('console.complaints.messages.note')}</p>
        {complaint.may_look === true && <Whole />}
      </Part>
      {text !== '' && <Part title={t('console.complaints.text')}><Words text={text} /></Part>}
      <Part title={t('console.complaints.answer')}>
        {answer === '' ? <p class="quiet">{t('console.complaints.answer.none')}</p> : <Words text={answer} at={answeredAt} />}
      </Part>
      {notSolved !== '' && <Part title={t('console.complaints.not_solved')}><Words text={notSolved} /></Part>}
      {decision !== '' && <Part title={t('console.disputes.decide.title')}><Words text={decision} at={complaint.closed_at} /></Part>}
    </div>
  );
}

/** That it is opened is kept. */
function Whole(): JSX.Element {
  const room = useComplaints();
  return (
    <div class="complaint-whole">
      <Button size="s" icon={ChatIcon} onClick={() => { room.window.value = 'thread'; }}>{t('console.complaints.thread')}</Button>
      <span class="quiet">{t('console.disputes.logged')}</span>
    </div>
  );
}

function Part({ title, children }: { title: string; children: ComponentChildren }): JSX.Element {
  return (
    <section aria-label={title}>
      <h3 class="case-heading">{title}</h3>
      {children}
    </section>
  );
}

function Words({ text, at }: { text: string; at?: number | undefined }): JSX.Element {
  return (
    <div class="said">
      {at !== undefined && <p class="said-head quiet figures">{formatWhen(at)}</p>}
      <p class="said-text" dir="auto">{text}</p>
    </div>
  );
}
