/** A text that waits: what it says, what was found in it, and the two things that can become of it. */
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';

import { t } from '../../i18n';
import type { QueuedText } from '../../protocol/generated';
import { Badge } from '../../ui/parts/Badge';
import { Button } from '../../ui/parts/Button';
import { CheckIcon, RetryIcon, ShieldCheckIcon } from '../../ui/parts/icons';
import { RelativeTime } from '../../ui/parts/RelativeTime';
import { Card } from './Card';
import { useModeration } from './context';
import { changes } from './diff';
import { Key } from './Key';
import { Changed, Marked } from './Marked';
import { suggested } from './moderation';
import { Photos } from './Photos';
import { Reasons } from './Reasons';
import { marked } from './spans';
import { Translation } from './Translation';
import { foundText } from './words';

export function QueuedCard({ text }: { text: QueuedText }): JSX.Element {
  const isAgain = text.attempts > 1 && (text.before ?? '') !== '';
  return (
    <Card text={text} marks={<Marks text={text} />} foot={<Verdict text={text} />}>
      {(text.answers ?? '') !== '' && (
        <section class="judged-answers">
          <h4>{t('console.moderation.answers')}</h4>
          <blockquote dir="auto">{text.answers}</blockquote>
        </section>
      )}
      {isAgain ? <SecondLook text={text} before={text.before ?? ''} /> : <Said text={text} />}
      <Translation text={text} />
      <FoundList text={text} />
      <Photos text={text} />
    </Card>
  );
}

function Marks({ text }: { text: QueuedText }): JSX.Element {
  return (
    <>
      <RelativeTime at={text.written_at} class="quiet" />
      {text.attempts > 1 && (
        <Badge tone="brand" icon={RetryIcon}>
          {t('console.moderation.sent_times', { count: text.attempts })}
        </Badge>
      )}
    </>
  );
}

function Said({ text }: { text: QueuedText }): JSX.Element {
  if (text.text === '') return <p class="quiet">{t('console.moderation.only_photos')}</p>;
  return <Marked text={text.text} found={text.found} />;
}

/** What it said before beside what it says now. */
function SecondLook({ text, before }: { text: QueuedText; before: string }): JSX.Element {
  const { removed, added } = useMemo(() => changes(before, text.text), [before, text.text]);
  return (
    <>
      <div class="second-look">
        <section>
          <h4>{t('console.moderation.before')}</h4>
          <p class="judged-text" dir="auto">
            <Changed text={before} within={{ from: 0, to: before.length }} changed={removed} as="del" />
          </p>
        </section>
        <section>
          <h4>{t('console.moderation.now')}</h4>
          {text.text === '' ? <Said text={text} /> : <Marked text={text.text} found={text.found} added={added} />}
        </section>
      </div>
      {removed.length + added.length === 0 && <p class="quiet">{t('console.moderation.same_words')}</p>}
    </>
  );
}

function FoundList({ text: { text, found } }: { text: QueuedText }): JSX.Element {
  if (found.length === 0) {
    return (
      <p class="found-none quiet">
        <ShieldCheckIcon size={15} />
        {t('console.moderation.found_none')}
      </p>
    );
  }
  return (
    <section class="found-all">
      <h4>{t('console.moderation.found')}</h4>
      <ul>
        {marked(text, found).map((piece) => (
          <li key={piece.from}>
            <bdi class="found found-words">{text.slice(piece.from, piece.to)}</bdi>
            <span class="quiet">{piece.found.map(foundText).join(', ')}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Verdict({ text }: { text: QueuedText }): JSX.Element {
  const room = useModeration();
  if (room.choosing.value === 'refuse') {
    return <Reasons title={t('console.moderation.refuse.why')} suggested={suggested(text.found)} />;
  }
  return (
    <div class="verdict">
      <Button kind="primary" icon={CheckIcon} onClick={() => { room.decide('publish', [text]); }}>
        {t('console.moderation.publish')} <Key name="P" />
      </Button>
      <Button onClick={() => { room.choosing.value = 'refuse'; }}>
        {t('console.moderation.refuse')} <Key name="R" />
      </Button>
    </div>
  );
}
