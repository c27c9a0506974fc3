/** A text of one's own: what was said, what became of it, and what can be done about that. */
import type { JSX } from 'preact';

import { t } from '../../i18n';
import { formatDate } from '../../i18n/more';
import type { OwnText } from '../../protocol/generated';
import { usePhotos } from '../client';
import { Gallery } from '../disputes/Gallery';
import { Badge } from '../parts/Badge';
import type { Tone } from '../parts/Banner';
import { Button } from '../parts/Button';
import { AlertIcon, BanIcon, CircleCheckIcon, ClockIcon, type IconPart } from '../parts/icons';
import { maySendAgain } from './may';

export interface OwnWordsProps {
  text: OwnText;
  now: number;
  onAgain: (text: OwnText) => void;
}

const LOOKS: Readonly<Record<OwnText['state'], readonly [IconPart, Tone]>> = {
  pending: [ClockIcon, 'neutral'],
  published: [CircleCheckIcon, 'good'],
  refused: [AlertIcon, 'warn'],
  hidden: [BanIcon, 'neutral'],
};

export function OwnWords({ text, now, onAgain }: OwnWordsProps): JSX.Element {
  const [icon, tone] = LOOKS[text.state];
  const photos = usePhotos();
  return (
    <div class="own-words" role="group" aria-label={t(`review.part.${text.part}`)}>
      <p class="own-words-head">
        {text.part === 'followup' && <span class="own-words-part">{t('review.part.followup')}</span>}
        <Badge tone={tone} icon={icon}>
          {t(`review.state.${text.state}`)}
        </Badge>
      </p>
      {text.text !== '' && (
        <p class="own-words-text" dir="auto">
          {text.text}
        </p>
      )}
      <Gallery pieces={(text.photos ?? []).map((id) => ({ id }))} photos={photos} alt={(number) => t('review.photo_of', { number })} />
      <WhyNot text={text} />
      {maySendAgain(text, now) && (
        <p class="own-words-again">
          <Button size="s" onClick={() => { onAgain(text); }}>
            {t('review.again')}
          </Button>
          <span class="quiet">{t('review.until', { date: formatDate(text.again_until ?? now) })}</span>
        </p>
      )}
    </div>
  );
}

/** The reason, as one would like to hear it. */
function WhyNot({ text: { state, reason } }: { text: OwnText }): JSX.Element | null {
  if (reason === undefined || (state !== 'refused' && state !== 'hidden')) return null;
  const words =
    state === 'refused'
      ? t(`review.refused.${reason}`)
      : `${t('review.hidden.text')} ${t('notice.reason', { reason: t(`review.reason.${reason}`) })}`;
  return <p class={`own-words-why own-words-${state}`}>{words}</p>;
}
