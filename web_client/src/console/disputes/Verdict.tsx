/** What may be done with a case now; and why not, where nothing may. */
import type { JSX } from 'preact';

import { t } from '../../i18n';
import { Banner } from '../../ui/parts/Banner';
import { Button } from '../../ui/parts/Button';
import { InfoIcon, ScaleIcon } from '../../ui/parts/icons';
import { UserCheckIcon } from '../../ui/parts/icons-desk';
import { Key } from '../moderation/Key';
import { useDocket } from './context';
import type { Opened } from './docket';
import { standingOf, take } from './standing';

export function Verdict({ opened }: { opened: Opened }): JSX.Element | null {
  const docket = useDocket();
  const standing = standingOf(opened, docket.me);
  const isBusy = docket.busy.value === 'take';
  const onTake = (): void => {
    take(docket, opened);
  };
  switch (standing) {
    case 'served':
      return <footer class="case-foot"><Banner tone="warn" icon={InfoIcon}>{t('console.disputes.served')}</Banner></footer>;
    case 'other':
      return (
        <footer class="case-foot">
          <Banner icon={UserCheckIcon} action={<Button size="s" busy={isBusy} onClick={onTake}>{t('console.disputes.take_over')} <Key name="T" /></Button>}>
            {t('console.disputes.held', { name: opened.around.mediator?.name ?? '' })}
          </Banner>
        </footer>
      );
    case 'free':
      return (
        <footer class="case-foot case-deeds">
          <Button kind="primary" icon={UserCheckIcon} busy={isBusy} onClick={onTake}>{t('console.disputes.take')} <Key name="T" /></Button>
          <p class="quiet">{t('console.disputes.free')}</p>
        </footer>
      );
    case 'mine':
      return (
        <footer class="case-foot case-deeds">
          <Button kind="primary" icon={ScaleIcon} onClick={() => { docket.writing.value = 'decide'; }}>{t('console.disputes.decide')} <Key name="D" /></Button>
          <Button onClick={() => { docket.writing.value = 'propose'; }}>{t('console.disputes.propose')} <Key name="P" /></Button>
        </footer>
      );
    case 'over':
      return null;
  }
}
