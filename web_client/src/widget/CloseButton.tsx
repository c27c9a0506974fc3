/** The way out. */
import type { JSX } from 'preact';

import { t } from '../i18n';
import { IconButton } from '../ui/parts/Button';
import { XIcon } from '../ui/parts/icons-first';
import { useWidget } from './widget-context';

export function CloseButton(): JSX.Element | null {
  const widget = useWidget();
  if (!widget.canClose.value) return null;
  return (
    <IconButton
      icon={XIcon}
      label={t('launcher.close')}
      onClick={() => {
        widget.close();
      }}
    />
  );
}
