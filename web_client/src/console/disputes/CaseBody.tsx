/** What a case is decided on: the clock, what each side wants, what each has shown, and what was said. */
import type { JSX } from 'preact';

import { t } from '../../i18n';
import { Countdown } from '../../ui/disputes/Countdown';
import { Evidence } from '../../ui/disputes/Evidence';
import type { EvidencePhotos } from '../../ui/disputes/EvidencePhoto';
import { Offers } from '../../ui/disputes/Offers';
import { RefundProgress } from '../../ui/disputes/RefundProgress';
import { ReturnSteps } from '../../ui/disputes/ReturnSteps';
import type { Opened } from './docket';
import { Talk } from './Talk';

export function CaseBody({ opened, photos }: { opened: Opened; photos: EvidencePhotos }): JSX.Element {
  const { dispute } = opened;
  return (
    <div class="case-main">
      <Countdown view={dispute} skew={0} />
      <Offers view={dispute} />
      <ReturnSteps view={dispute} />
      <RefundProgress view={dispute} />
      <section class="case-evidence" aria-labelledby="case-evidence">
        <h4 id="case-evidence">{t('console.disputes.evidence')}</h4>
        <div class="case-sides">
          <Evidence view={dispute} photos={photos} of="buyer" />
          <Evidence view={dispute} photos={photos} of="seller" />
        </div>
      </section>
      <Talk opened={opened} photos={photos} />
    </div>
  );
}
