/** A conversation with support in which nothing was said yet: what it is for, and questions that many ask. */
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';

import { t } from '../../i18n';
import type { FaqLink, ThreadView } from '../../protocol/generated';
import { useClient } from '../client';
import { EmptyState } from '../parts/EmptyState';
import { ChatIcon } from '../parts/icons';
import { BotIcon } from '../parts/icons-first';
import { useTalk } from '../threads/talk';
import './answers.css';

export function Welcome({ view }: { view: ThreadView }): JSX.Element {
  const topic = SPECIAL.find((special) => special === view.topic);
  if (topic === undefined) return <Questions />;
  const words = `support.empty.${topic}` as const;
  return (
    <li>
      <EmptyState icon={ChatIcon} title={t(words)} text={t(`${words}.text`)} compact />
    </li>
  );
}

/** What the FAQ has no questions for. */
const SPECIAL = ['complaint', 'selling'] as const;

function Questions(): JSX.Element {
  const client = useClient();
  const talk = useTalk();
  const [links, setLinks] = useState<readonly FaqLink[]>([]);
  const help = talk.help.value;
  useEffect(() => {
    let isHere = true;
    void help?.suggest().then((found) => {
      if (isHere) setLinks(found);
    });
    return () => {
      isHere = false;
    };
  }, [help]);

  return (
    <li>
      <EmptyState icon={BotIcon} title={t('support.empty')} text={t('support.empty.text')} compact />
      {links.length > 0 && (
        <ul class="answer-choices answer-choices-first" aria-label={t('support.suggestions')}>
          {links.map(({ entry, question }) => (
            <li key={entry}>
              <button
                type="button"
                class="answer-choice"
                onClick={(event) => {
                  event.currentTarget.closest<HTMLElement>('.message-scroll')?.focus({ preventScroll: true });
                  client.send({ threadId: talk.threadId, text: question, photos: [], pick: `entry:${entry}` });
                }}
              >
                <span dir="auto">{question}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}
