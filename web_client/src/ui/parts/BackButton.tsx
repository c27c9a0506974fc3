/** On a phone: from the conversation back to the list. */
import type { JSX } from 'preact';

import { t } from '../../i18n';
import type { Places } from '../places';
import { IconButton } from './Button';
import { ArrowLeftIcon } from './icons';

export function BackButton({ desk }: { desk: Places }): JSX.Element {
  return (
    <IconButton
      icon={ArrowLeftIcon}
      label={t('common.back')}
      onClick={() => {
        desk.leave();
      }}
    />
  );
}
