/** Somebody waits for a person: what is true of it, and nothing more. */
import type { JSX } from 'preact';

import { t } from '../../i18n';
import { Banner } from '../parts/Banner';
import { ClockIcon } from '../parts/icons';

export function QueuedBanner(): JSX.Element {
  return <Banner icon={ClockIcon}>{t('support.queued')}</Banner>;
}
