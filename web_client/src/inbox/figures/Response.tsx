/** How fast the shop answers: the share within 24 hours, the usual time, and every opening with what became of it. */
import type { JSX } from 'preact';
import { useCallback, useState } from 'preact/hooks';

import { t } from '../../i18n';
import { formatDate } from '../../i18n/more';
import type { ResponseExplained } from '../../protocol/generated';
import { Banner } from '../../ui/parts/Banner';
import { Button } from '../../ui/parts/Button';
import { EmptyState } from '../../ui/parts/EmptyState';
import { AlertIcon, FlagIcon, InfoIcon } from '../../ui/parts/icons';
import { Skeleton } from '../../ui/parts/Skeleton';
import { refusalText } from '../../ui/refusals';
import { useDesk } from '../desk-context';
import { percent } from '../reviews/figures';
import '../reviews/standing.css';
import { tookText } from './names';
import { Openings } from './Openings';
import { useFound } from './use-found';

export function Response({ shop }: { shop: string }): JSX.Element {
  const { figures } = useDesk();
  const ask = useCallback(() => figures.complaints.response(shop), [figures, shop]);
  const { thing, refusal, again } = useFound(ask);
  return (
    <section class="figures-part">
      <h3>{t('inbox.response')}</h3>
      {refusal !== null && (
        <EmptyState icon={AlertIcon} title={t('inbox.response.error')} text={refusalText(refusal)} compact>
          <Button onClick={again}>{t('common.retry')}</Button>
        </EmptyState>
      )}
      {refusal === null && thing === null && (
        <div class="standing" aria-hidden="true">
          <Skeleton width="110px" height="34px" />
          <Skeleton width="100%" height="20px" />
        </div>
      )}
      {thing !== null && <Account found={thing} />}
    </section>
  );
}

function Account({ found }: { found: ResponseExplained }): JSX.Element {
  const [isExplained, setExplained] = useState(false);
  const { figure, needed, flagged_until: flagged } = found;
  return (
    <>
      {flagged !== undefined && (
        <Banner tone="danger" icon={FlagIcon}>
          {t('inbox.response.flagged', { date: formatDate(flagged) })}
        </Banner>
      )}
      <div class="standing">
        <div class="standing-chief">
          <div>
            <p class="standing-rate figures">{figure.per_mille === null ? t('inbox.response.too_few') : percent(figure.per_mille)}</p>
            <p class="quiet">{figure.per_mille === null ? t('inbox.response.too_few.text', { counted: figure.counted, needed }) : t(`inbox.response.basis.${found.basis}`)}</p>
          </div>
          <Button
            size="s"
            icon={InfoIcon}
            aria-pressed={isExplained}
            onClick={() => {
              setExplained(!isExplained);
            }}
          >
            {t('inbox.reviews.why')}
          </Button>
        </div>
        <Facts found={found} />
        {isExplained && <Openings found={found} />}
      </div>
    </>
  );
}

function Facts({ found: { figure, openings } }: { found: ResponseExplained }): JSX.Element {
  const waiting = openings.filter(({ fate }) => fate === 'waiting').length;
  return (
    <dl class="standing-facts">
      <Fact name={t('inbox.response.median')} value={figure.median_ms === null ? '–' : tookText(figure.median_ms)} />
      <Fact name={t('inbox.response.counted')} value={String(figure.counted)} />
      <Fact name={t('inbox.response.waiting')} value={String(waiting)} />
    </dl>
  );
}

function Fact({ name, value }: { name: string; value: string }): JSX.Element {
  return (
    <div class="standing-fact">
      <dt>{name}</dt>
      <dd class="figures">{value}</dd>
    </div>
  );
}
