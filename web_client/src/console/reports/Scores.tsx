/** What customers said: how often which score, and their words. */
import type { JSX } from 'preact';

import { formatNumber, formatRelative, formatWhen, t } from '../../i18n';
import type { DeskReport } from '../../protocol/generated';
import { OpenThread } from './OpenThread';
import { mean, NOTHING, share } from './words';

export function Scores({ report }: { report: DeskReport }): JSX.Element {
  const { counts, rated, mean: average } = report.total.score;
  const most = Math.max(1, ...counts);
  return (
    <section class="report-panel" aria-labelledby="scores-title">
      <div class="report-panel-head">
        <h3 id="scores-title">{t('console.reports.satisfaction')}</h3>
        <span class="quiet figures">
          {t('console.reports.rated', { mean: mean(average), count: rated })}
        </span>
      </div>
      <table class="report-scores">
        <caption class="unseen">{t('console.reports.satisfaction')}</caption>
        <thead class="unseen">
          <tr>
            <th scope="col">{t('console.reports.score')}</th>
            <th scope="col">{t('console.reports.share')}</th>
            <th scope="col">{t('console.reports.count')}</th>
          </tr>
        </thead>
        <tbody>
          {[5, 4, 3, 2, 1].map((score) => {
            const count = counts[score - 1] ?? 0;
            return (
              <tr key={score}>
                <th scope="row" class="figures">{formatNumber(score)}</th>
                <td class="report-scores-bar">
                  <span class={`report-scores-fill report-score-${String(score)}`} style={{ inlineSize: `${String((100 * count) / most)}%` }} />
                  <span class="unseen">{share(count, rated)}</span>
                </td>
                <td class="figures">{formatNumber(count)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <Comments comments={report.comments} />
    </section>
  );
}

function Comments({ comments }: { comments: DeskReport['comments'] }): JSX.Element {
  return (
    <>
      <h4 class="report-panel-sub">{t('console.reports.comments')}</h4>
      {comments.length === 0 ? (
        <p class="quiet">{t('console.reports.comments.none')}</p>
      ) : (
        <ul class="report-comments scroll" aria-label={t('console.reports.comments')}>
          {comments.map((comment) => (
            <li key={`${comment.thread_id} ${String(comment.number)}`}>
              <p class="report-comment-text" dir="auto">
                {comment.text}
              </p>
              <p class="quiet report-comment-by">
                <span class={`report-score report-score-${String(comment.score)}`}>
                  <span class="unseen">{t('console.reports.score')} </span>
                  {formatNumber(comment.score)}
                </span>
                <bdi>{comment.agent?.name ?? NOTHING}</bdi>
                <time dateTime={new Date(comment.at).toISOString()} title={formatWhen(comment.at)}>
                  {formatRelative(comment.at)}
                </time>
                <OpenThread thread={comment.thread_id} />
              </p>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
