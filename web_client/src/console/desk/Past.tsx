/** What the bot made of a customer's questions, and how it went with people before. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

import { formatWhen, locale, t } from '../../i18n';
import { formatDate } from '../../i18n/more';
import type { Attempt, EpisodeView } from '../../protocol/generated';
import { Button } from '../../ui/parts/Button';
import { StarIcon } from '../../ui/parts/icons';
import { Block } from './Block';

/** So many are shown at once. */
const MOST_ATTEMPTS = 5;

export function Attempts({ attempts }: { attempts: readonly Attempt[] }): JSX.Element | null {
  const [all, setAll] = useState(false);
  if (attempts.length === 0) return null;
  return (
    <Block title={t('console.desk.attempts')}>
      <ol class="context-list">
        {(all ? attempts : attempts.slice(0, MOST_ATTEMPTS)).map((attempt) => (
          <li key={attempt.seq} class="attempt">
            <p class="attempt-question" dir="auto">
              {attempt.question}
            </p>
            <p class="attempt-outcome">
              <span class={`attempt-word attempt-${attempt.outcome}`}>{t(`console.outcome.${attempt.outcome}`)}</span>
              {attempt.entry_question !== '' && (
                <span class="clip" dir="auto">
                  {attempt.entry_question}
                </span>
              )}
              <span class="figures quiet">{percent(attempt.probability)}</span>
            </p>
            {attempt.helpful !== undefined && (
              <p class={attempt.helpful ? 'attempt-good' : 'attempt-bad'}>{t(attempt.helpful ? 'console.desk.helped' : 'console.desk.not_helped')}</p>
            )}
          </li>
        ))}
      </ol>
      {!all && attempts.length > MOST_ATTEMPTS && (
        <Button
          size="s"
          kind="quiet"
          onClick={() => {
            setAll(true);
          }}
        >
          {t('common.show_more')}
        </Button>
      )}
    </Block>
  );
}

function percent(share: number): string {
  return new Intl.NumberFormat(locale.value, { style: 'percent', maximumFractionDigits: 0 }).format(share);
}

export function Episodes({ episodes, me }: { episodes: readonly EpisodeView[]; me: string }): JSX.Element | null {
  if (episodes.length === 0) return null;
  return (
    <Block title={t('console.desk.episodes')}>
      <ol class="context-list">
        {episodes.map(({ number, asked_at: askedAt, resolved_at: resolvedAt, agent, csat, comment = '' }) => (
          <li key={number} class="episode">
            <p class="context-line">
              <time class="figures" title={formatWhen(askedAt)}>
                {formatDate(askedAt)}
              </time>
              <span class="quiet clip">
                {agent === undefined ? t('console.desk.state.queued') : agent.id === me ? t('common.you') : agent.name}
              </span>
              <span class="quiet">{t(resolvedAt === undefined ? 'console.desk.episode.open' : 'console.desk.state.resolved')}</span>
              {csat !== undefined && csat > 0 && <Score score={csat} />}
            </p>
            {comment !== '' && (
              <p class="episode-comment" dir="auto">
                {comment}
              </p>
            )}
          </li>
        ))}
      </ol>
    </Block>
  );
}

function Score({ score }: { score: number }): JSX.Element {
  return (
    <span class="score figures" title={t('console.desk.score', { count: score })}>
      <StarIcon size={13} />
      <span aria-hidden="true">{score}</span>
      <span class="unseen">{t('console.desk.score', { count: score })}</span>
    </span>
  );
}
