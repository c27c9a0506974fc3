/** What the shop has said to a text, or the way to say it. Said once, it stays as it is. */
import type { JSX } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';

import { t } from '../../i18n';
import type { OwnText, ShopReview } from '../../protocol/generated';
import { Badge } from '../../ui/parts/Badge';
import type { Tone } from '../../ui/parts/Banner';
import { Button } from '../../ui/parts/Button';
import { AlertIcon, CheckIcon, ClockIcon, ReplyIcon, type IconPart } from '../../ui/parts/icons';
import { RelativeTime } from '../../ui/parts/RelativeTime';
import { RichText } from '../../ui/threads/RichText';
import { useDesk } from '../desk-context';
import { draftName, openParts, replyIn, type ReplyPart } from './held';
import { ReplyBox } from './ReplyBox';

export interface AnswerProps {
  review: ShopReview;
  part: ReplyPart;
}

export function Answer({ review, part }: AnswerProps): JSX.Element | null {
  const said = replyIn(review, part);
  const mayReply = openParts(review).includes(part);
  if (said === undefined && !mayReply) return null;
  return (
    <div class="answer">
      {said !== undefined && <OwnWords said={said} mayReply={mayReply} />}
      {mayReply && <Writing review={review} part={part} />}
    </div>
  );
}

const LOOKS: Record<OwnText['state'], readonly [Tone, IconPart]> = {
  pending: ['neutral', ClockIcon],
  published: ['good', CheckIcon],
  refused: ['warn', AlertIcon],
  hidden: ['warn', AlertIcon],
};

function OwnWords({ said, mayReply }: { said: OwnText; mayReply: boolean }): JSX.Element {
  const [tone, icon] = LOOKS[said.state];
  return (
    <>
      <h4 class="answer-head">
        {t('inbox.reviews.own')} <RelativeTime at={said.written_at} />
        <Badge tone={tone} icon={icon}>
          {t(`review.state.${said.state}`)}
        </Badge>
      </h4>
      <RichText text={said.text} />
      {said.state === 'refused' && (
        <p class="answer-why">{t(mayReply ? `inbox.reviews.refused.${said.reason ?? 'other'}` : 'inbox.reviews.refused.closed')}</p>
      )}
      {said.state === 'hidden' && (
        <p class="answer-why">{t('inbox.reviews.hidden', { reason: t(`review.reason.${said.reason ?? 'other'}`) })}</p>
      )}
    </>
  );
}

/** A button, and the box once it is wanted: pressed, asked for by a key, or begun before. */
function Writing({ review, part }: AnswerProps): JSX.Element {
  const { client, reviews } = useDesk();
  const isBegun = (client.drafts.value?.read(draftName(review.id, part)).text ?? '') !== '';
  const [opened, setOpened] = useState<'no' | 'yes' | 'aside'>('no');
  /** How often it was asked for: each time the cursor goes there. */
  const [asked, setAsked] = useState(0);
  const wish = reviews.wish.value;
  const isWished = wish?.review === review.id && wish.part === part;

  const ask = (): void => {
    setOpened('yes');
    setAsked((times) => times + 1);
  };
  useLayoutEffect(() => {
    if (!isWished) return;
    ask();
    reviews.wish.value = null;
  }, [isWished, reviews]);

  if (opened === 'yes' || (opened === 'no' && isBegun)) {
    return (
      <ReplyBox
        review={review}
        part={part}
        asked={asked}
        onAside={() => {
          setOpened('aside');
        }}
      />
    );
  }
  return (
    <Button size="s" icon={ReplyIcon} onClick={ask}>
      {t(isBegun ? 'inbox.reviews.go_on' : replyIn(review, part) === undefined ? `inbox.reviews.do.${part}` : 'review.again')}
    </Button>
  );
}
