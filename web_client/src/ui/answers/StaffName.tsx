/** Above what a person of support says: his name, where names are shown, and that he is of support. */
import type { JSX } from 'preact';

import { t } from '../../i18n';
import { Badge } from '../parts/Badge';
import './staff-name.css';

export function StaffName({ name }: { name: string }): JSX.Element {
  return (
    <p class="staff-name">
      {name !== '' && <bdi class="clip">{name}</bdi>}
      <Badge tone="brand">{t('list.support')}</Badge>
    </p>
  );
}
