/** A complaint that the shop does not answer: what waits since when, how the shop answers, what both say, who decides. */
import type { ComponentChildren, JSX } from 'preact';

import { formatWhen, t } from '../../i18n';
import { formatDuration } from '../../i18n/more';
import type { ComplaintView } from '../../protocol/generated';
import { FlagIcon } from '../../ui/parts/icons';
import { RelativeTime } from '../../ui/parts/RelativeTime';
import { RichText } from '../../ui/threads/RichText';
import { tookText } from '../figures/names';
import { percent } from '../reviews/figures';
import { CaseHead } from './CaseHead';
import { ComplaintAnswer } from './ComplaintAnswer';
import { ComplaintState } from './ComplaintState';
import { Left } from './Left';

export interface ComplaintCaseProps {
  view: ComplaintView;
  shop: string;
  isNarrow: boolean;
}

export function ComplaintCase({ view, shop, isNarrow }: ComplaintCaseProps): JSX.Element {
  const { then = '', due_at: due } = view;
  return (
    <section class="docket-case" aria-label={t('inbox.complaints.case')}>
      <CaseHead
        title={view.about}
        about={<bdi class="clip">{view.buyer.name}</bdi>}
        picture={<span class="case-blank"><FlagIcon size={18} /></span>}
        state={<ComplaintState view={view} />}
        isNarrow={isNarrow}
      />
      <div class="case-scroll scroll">
        <div class="case-file">
          {due !== undefined && <Left due={due} calm={view.waits_for !== 'seller'} then={t(then === '' ? 'dispute.then.decided' : `inbox.complaints.then.${then}`, { date: formatWhen(due) })} />}
          {isNarrow && <h2 class="unseen">{t('inbox.complaints.case')}</h2>}
          <Part title={t('inbox.complaints.waits', { time: formatDuration(view.waited_ms) })}>
            <Messages view={view} />
          </Part>
          {view.text !== '' && <Said title={t('inbox.complaints.added')} text={view.text} />}
          <Response view={view} />
          {view.answer !== undefined && <Said title={t('inbox.complaints.answer')} text={view.answer} at={view.answered_at} />}
          {view.not_solved !== undefined && <Said title={t('inbox.complaints.not_solved')} text={view.not_solved} />}
          {view.decision !== undefined && <Said title={t('inbox.complaints.decision')} text={view.decision} at={view.closed_at} />}
          {view.acts.includes('answer') && <ComplaintAnswer view={view} shop={shop} />}
        </div>
      </div>
    </section>
  );
}

function Part({ title, children }: { title: string; children: ComponentChildren }): JSX.Element {
  return (
    <section class="case-part">
      <h3>{title}</h3>
      {children}
    </section>
  );
}

/** Copies of what waits for an answer, and the way to where it is given. */
function Messages({ view }: { view: ComplaintView }): JSX.Element {
  return (
    <>
      <ul class="case-messages">
        {view.messages.map(({ seq, at, text, photos = 0 }) => (
          <li key={seq}>
            {text !== '' && <RichText text={text} />}
            <p class="quiet">
              {photos > 0 && `${t('inbox.reviews.photos', { count: photos })} · `}
              <RelativeTime at={at} />
            </p>
          </li>
        ))}
      </ul>
      <a href={`#/t/${view.thread_id}`}>{t('inbox.complaints.thread')}</a>
    </>
  );
}

/** The figures as they were when the buyer complained. */
function Response({ view: { response } }: { view: ComplaintView }): JSX.Element {
  const { per_mille: perMille, median_ms: median } = response;
  const rate = perMille === null ? t('inbox.complaints.no_rate') : t('inbox.complaints.rate', { percent: percent(perMille) });
  return (
    <p class="quiet">
      {rate}
      {median !== null && ` ${t('inbox.complaints.median', { time: tookText(median) })}`}
    </p>
  );
}

function Said({ title, text, at }: { title: string; text: string; at?: number | undefined }): JSX.Element | null {
  if (text === '') return null;
  return (
    <Part title={title}>
      <blockquote class="case-said">
        <RichText text={text} />
        {at !== undefined && (
          <p class="quiet">
            <RelativeTime at={at} />
          </p>
        )}
      </blockquote>
    </Part>
  );
}
