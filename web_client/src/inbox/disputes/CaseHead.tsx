/** The head of a case: whose and what it is about; on a phone the way back as well. */
import type { ComponentChildren, JSX } from 'preact';

import { t } from '../../i18n';
import { IconButton } from '../../ui/parts/Button';
import { ArrowLeftIcon } from '../../ui/parts/icons';
import { useDesk } from '../desk-context';

export interface CaseHeadProps {
  title: string;
  /** Under the title. */
  about: ComponentChildren;
  picture: ComponentChildren;
  state: ComponentChildren;
  isNarrow: boolean;
}

export function CaseHead({ title, about, picture, state, isNarrow }: CaseHeadProps): JSX.Element {
  // Alone on a phone's screen it is the title of the page.
  const Title = isNarrow ? 'h1' : 'h2';
  return (
    <header class="thread-head case-head">
      {isNarrow && <CaseBack />}
      {!isNarrow && picture}
      <div class="thread-names">
        <Title class="clip" dir="auto">
          {title}
        </Title>
        <p class="thread-about quiet">{about}</p>
      </div>
      {state}
    </header>
  );
}

export function CaseBack(): JSX.Element {
  const { disputes } = useDesk();
  return (
    <IconButton
      icon={ArrowLeftIcon}
      label={t('common.back')}
      onClick={() => {
        disputes.close();
      }}
    />
  );
}
