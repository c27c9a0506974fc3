/** What a case is decided on: the clock, what each side wants, what each has shown, and what was said. */
import type { JSX } from 'preact';

import { formatWhen, t } from '../../i18n';
import type { ThreadEvent } from '../../state/model';
import { Countdown } from '../../ui/disputes/Countdown';
import { Evidence } from '../../ui/disputes/Evidence';
import type { EvidencePhotos } from '../../ui/disputes/EvidencePhoto';
import { Offers } from '../../ui/disputes/Offers';
import { RefundProgress } from '../../ui/disputes/RefundProgress';
import { ReturnSteps } from '../../ui/disputes/ReturnSteps';
import { systemText } from '../../ui/threads/system-text';
import { useSkew } from '../context';
import { useDocket } from './context';
import type { Opened } from './docket';
import { standingOf } from './standing';
import { Talk } from './Talk';

export function CaseBody({ opened, photos }: { opened: Opened; photos: EvidencePhotos }): JSX.Element {
  const { dispute } = opened;
  const skew = useSkew();
  const { me } = useDocket();
  return (
    <div class="case-main">
      <Countdown view={dispute} skew={skew} />
      <Offers view={dispute} isMediators={standingOf(opened, me) === 'mine'} />
      <ReturnSteps view={dispute} />
      <RefundProgress view={dispute} />
      <section class="case-evidence" aria-labelledby="case-evidence">
        <h3 class="case-heading" id="case-evidence">{t('console.disputes.evidence')}</h3>
        <div class="case-sides">
          {(['buyer', 'seller'] as const).map((party) => (
            <div key={party} class="case-side">
              <Evidence view={dispute} photos={photos} of={party} />
              <Statements events={opened.events} party={party} />
            </div>
          ))}
        </div>
      </section>
      <Talk opened={opened} photos={photos} />
    </div>
  );
}

/** What a party said with its steps. */
function Statements({ events, party }: { events: readonly ThreadEvent[]; party: 'buyer' | 'seller' }): JSX.Element | null {
  const said = events.filter((event) => event.kind === 'state').filter(({ params, text = '' }) => params?.['by'] === party && text !== '');
  if (said.length === 0) return null;
  return (
    <ul class="said-all">
      {said.map((event) => (
        <li key={event.seq} class="said">
          <p class="said-head quiet">
            {systemText(event)} <time class="figures">{formatWhen(event.at)}</time>
          </p>
          <p class="said-text" dir="auto">{event.text}</p>
        </li>
      ))}
    </ul>
  );
}
