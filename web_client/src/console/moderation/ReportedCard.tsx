/** A published text that readers have reported, with what they say. */
import type { JSX } from 'preact';

import { t } from '../../i18n';
import type { ReportedText } from '../../protocol/generated';
import { Badge } from '../../ui/parts/Badge';
import { Button } from '../../ui/parts/Button';
import { CheckIcon, FlagIcon } from '../../ui/parts/icons';
import { RelativeTime } from '../../ui/parts/RelativeTime';
import { reinstate } from './annul';
import { Card } from './Card';
import { useModeration } from './context';
import { Key } from './Key';
import { Photos } from './Photos';
import { Reasons } from './Reasons';
import { Translation } from './Translation';

export function ReportedCard({ text, isSupervisor }: { text: ReportedText; isSupervisor: boolean }): JSX.Element {
  const count = t('console.moderation.reports', { count: text.reports.length });
  return (
    <Card
      text={text}
      marks={
        <Badge tone="warn" icon={FlagIcon}>
          {count}
        </Badge>
      }
      foot={<Verdict text={text} isSupervisor={isSupervisor} />}
    >
      <p class="judged-text" dir="auto">
        {text.text === '' ? <span class="quiet">{t('console.moderation.only_photos')}</span> : text.text}
      </p>
      <Translation text={text} />
      <Photos text={text} />
      <section class="reports-all">
        <h4>{count}</h4>
        <ul>
          {text.reports.map(({ by, reason, text: words, at }) => (
            <li key={by.id}>
              <p class="reports-head">
                <strong>{t(`review.reason.${reason}`)}</strong>
                <bdi class="quiet">{by.name}</bdi>
                <RelativeTime at={at} class="quiet" />
              </p>
              {words !== '' && <p dir="auto">{words}</p>}
            </li>
          ))}
        </ul>
      </section>
    </Card>
  );
}

function Verdict({ text, isSupervisor }: { text: ReportedText; isSupervisor: boolean }): JSX.Element {
  const room = useModeration();
  if (room.choosing.value === 'hide') {
    return <Reasons title={t('console.moderation.hide.why')} suggested={text.reports[0]?.reason ?? null} />;
  }
  return (
    <div class="verdict">
      <Button kind="primary" icon={CheckIcon} onClick={() => { room.decide('stand', [text]); }}>
        {t('console.moderation.stand')} <Key name="L" />
      </Button>
      {isSupervisor ? <SupervisorsDeeds review={text.review_id} /> : <p class="quiet">{t('console.moderation.supervisor_decides')}</p>}
    </div>
  );
}

function SupervisorsDeeds({ review }: { review: string }): JSX.Element {
  const room = useModeration();
  return (
    <>
      <Button onClick={() => { room.choosing.value = 'hide'; }}>
        {t('console.moderation.hide')} <Key name="H" />
      </Button>
      {room.annulled.value.has(review) ? (
        <Button kind="quiet" class="verdict-apart" onClick={() => void reinstate(room, review)}>
          {t('console.moderation.reinstate')}
        </Button>
      ) : (
        <Button kind="quiet" class="verdict-apart" onClick={() => { room.window.value = 'annul'; }}>
          {t('console.moderation.annul')}
        </Button>
      )}
    </>
  );
}
