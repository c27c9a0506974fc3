/** A question as a customer would type it: what the bot would say, and why. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

import { formatNumber, locale, t } from '../../i18n';
import type { FaqScore, FaqShelf, FaqTried } from '../../protocol/generated';
import { Button } from '../../ui/parts/Button';
import { EmptyState } from '../../ui/parts/EmptyState';
import { ZapIcon } from '../../ui/parts/icons';
import { tellRefusal } from '../../ui/refusals';
import { useConsole } from '../context';
import { titleOf, type Wish } from './drafts';

interface TryProps {
  shelf: FaqShelf;
  onEdit: (wish: Wish) => void;
}

export function TryQuestion({ shelf, onEdit }: TryProps): JSX.Element {
  const { api } = useConsole();
  const [question, setQuestion] = useState('');
  const [tried, setTried] = useState<FaqTried | null>(null);
  const [busy, setBusy] = useState(false);

  const ask = async (): Promise<void> => {
    setBusy(true);
    await api.try(question, shelf.languages.find((one) => one === locale.value) ?? 'en').then(setTried, tellRefusal);
    setBusy(false);
  };

  return (
    <div class="try scroll">
      <form
        class="try-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (question.trim() !== '' && !busy) void ask();
        }}
      >
        <label class="field try-field">
          <span>{t('console.try.question')}</span>
          <input dir="auto" value={question} maxLength={4000} onInput={({ currentTarget }) => { setQuestion(currentTarget.value); }} />
        </label>
        <Button kind="primary" type="submit" busy={busy} disabled={question.trim() === ''}>
          {t('console.try')}
        </Button>
      </form>
      <div aria-live="polite">
        {tried === null ? (
          <EmptyState icon={ZapIcon} title={t('console.try.lead')} text={t('console.try.text')} compact />
        ) : (
          <Tried tried={tried} shelf={shelf} onEdit={onEdit} />
        )}
      </div>
    </div>
  );
}

function percent(share: number): string {
  return `${formatNumber(Math.round(share * 100))} %`;
}

function Tried({ tried, shelf, onEdit }: TryProps & { tried: FaqTried }): JSX.Element {
  const top = tried.ranking[0]?.score ?? 1;
  return (
    <div class="tried">
      <section class="tried-said">
        <h3>{t(`console.outcome.${tried.outcome}`)}</h3>
        {tried.text !== '' && (
          <p class="tried-text" dir="auto">
            {tried.text}
          </p>
        )}
        <p class="quiet">
          {tried.rule === ''
            ? t('console.try.sure', { share: percent(tried.probability), from: percent(tried.answers_from), offers: percent(tried.offers_from) })
            : t('console.try.rule', { rule: tried.rule })}
        </p>
      </section>
      {tried.ranking.length > 0 && (
        <section>
          <h3>{t('console.try.ranking')}</h3>
          <ol class="bars">
            {tried.ranking.map(({ name, score }) => (
              <li key={name}>
                <button type="button" class="bar-name clip" dir="auto" onClick={() => { onEdit({ kind: 'entry', id: name }); }}>
                  {titleOf(shelf, name, locale.value)}
                </button>
                <Bar share={score / top} />
                <span class="figures quiet">{score.toFixed(3)}</span>
              </li>
            ))}
          </ol>
        </section>
      )}
      <Reasons tried={tried} />
    </div>
  );
}

function Reasons({ tried: { reasons, repaired, matched } }: { tried: FaqTried }): JSX.Element {
  const top = reasons[0]?.score ?? 1;
  const words = Object.entries(repaired);
  return (
    <section>
      <h3>{t('console.try.why')}</h3>
      {matched !== '' && (
        <p dir="auto">
          <span class="quiet">{t('console.try.matched')}</span> {matched}
        </p>
      )}
      {words.length > 0 && (
        <p>
          <span class="quiet">{t('console.try.repaired')}</span>{' '}
          <bdi>{words.map(([typed, meant]) => `${typed} → ${meant}`).join(', ')}</bdi>
        </p>
      )}
      <ol class="bars">
        {reasons.slice(0, 8).map(({ name, score }: FaqScore) => (
          <li key={name}>
            <span class="clip" dir="auto">
              {name}
            </span>
            <Bar share={score / top} />
            <span class="figures quiet">{score.toFixed(3)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** A length that the words beside it say as a number. */
function Bar({ share }: { share: number }): JSX.Element {
  return (
    <svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
      <rect width={Math.max(1, Math.min(100, share * 100))} height="8" rx="2" />
    </svg>
  );
}
