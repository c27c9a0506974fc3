/** Why this number: the rule in words, the sum of it, and every rating with what became of it. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

import { formatNumber, t } from '../../i18n';
import { formatDate } from '../../i18n/more';
import type { RatingCounts, RatingExplained, SellerCard } from '../../protocol/generated';
import { Button } from '../../ui/parts/Button';
import { Dialog } from '../../ui/parts/Dialog';
import { EmptyState } from '../../ui/parts/EmptyState';
import { AlertIcon } from '../../ui/parts/icons';
import { SkeletonRows } from '../../ui/parts/Skeleton';
import { panelId, tabId, Tabs } from '../../ui/parts/Tabs';
import { refusalText } from '../../ui/refusals';
import { useDesk } from '../desk-context';
import { SECTIONS, sizeOf, type Section } from './explained';
import { ExplainedLines } from './ExplainedLines';
import { dayOf, percent, signed } from './figures';
import { useTold } from './use-told';
import './explained.css';

export interface ExplainedProps {
  shop: string;
  onClose: () => void;
}

const NAME = 'why-';

export function Explained({ shop, onClose }: ExplainedProps): JSX.Element {
  const [found, setFound] = useState<RatingExplained | null>(null);
  const [section, setSection] = useState<Section>('window');
  return (
    <Dialog title={t('inbox.reviews.why')} size="l" onClose={onClose}>
      <div class="explained">
        {found !== null && (
          <>
            <Rules found={found} />
            <Tabs
              label={t('inbox.reviews.why.ratings')}
              name={NAME}
              items={SECTIONS.map((id) => ({ id, label: `${t(`inbox.reviews.why.${id}`)} (${formatNumber(sizeOf(id, found.counts))})` }))}
              current={section}
              onPick={setSection}
            />
          </>
        )}
        <Ratings key={section} shop={shop} section={section} onFound={setFound} onClose={onClose} />
      </div>
    </Dialog>
  );
}

interface RatingsProps extends ExplainedProps {
  section: Section;
  onFound: (found: RatingExplained) => void;
}

function Ratings({ shop, section, onFound, onClose }: RatingsProps): JSX.Element {
  const { reviews } = useDesk();
  const { lines, next, refusal, isPaging, again, more } = useTold(shop, section, onFound);
  if (refusal !== null) {
    return (
      <EmptyState icon={AlertIcon} title={t('inbox.reviews.error')} text={refusalText(refusal)}>
        <Button onClick={again}>{t('common.retry')}</Button>
      </EmptyState>
    );
  }
  return (
    <div id={panelId(NAME, section)} role="tabpanel" aria-labelledby={tabId(NAME, section)}>
      <p class="explained-lead">{t(`inbox.reviews.why.${section}.text`)}</p>
      {lines === null ? (
        <SkeletonRows rows={6} label={t('common.loading')} />
      ) : (
        <ExplainedLines
          lines={lines}
          label={t(`inbox.reviews.why.${section}`)}
          onMore={next === '' ? undefined : more}
          isPaging={isPaging}
          onOpen={(review) => {
            onClose();
            reviews.visit({ shop, review });
          }}
        />
      )}
    </div>
  );
}

function Rules({ found: { card, counts, since } }: { found: RatingExplained }): JSX.Element {
  return (
    <>
      <p class="explained-sum figures">{sumOf(card)}</p>
      <ul class="explained-rules">
        <li>{t('inbox.reviews.why.since', { date: formatDate(dayOf(since)) })}</li>
        <li>{t('inbox.reviews.why.tones')}</li>
        <li>{t('inbox.reviews.why.merging')}</li>
        <li>{t('inbox.reviews.why.new')}</li>
        <li>{t('inbox.reviews.why.score', { score: signed(card.score) })}</li>
        <li class="figures">{allOf(counts)}</li>
      </ul>
    </>
  );
}

/** What all ratings that there ever were have become. */
function allOf({ window, earlier, merged, refunded, annulled }: RatingCounts): string {
  const [counted, excluded] = [window + earlier, refunded + annulled];
  return t('inbox.reviews.why.all', { ratings: counted + merged + excluded, counted, merged, excluded });
}

/** The formula with this shop's numbers in it. */
function sumOf({ is_new: isNew, per_mille: perMille, positive, negative, neutral }: SellerCard): string {
  if (isNew) return t('inbox.reviews.why.sum.new', { groups: positive + neutral + negative });
  if (perMille === null) return t('inbox.reviews.why.sum.none', { neutral });
  return t('inbox.reviews.why.sum', { positive, negative, percent: percent(perMille) });
}
