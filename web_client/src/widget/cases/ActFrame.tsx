/** The window of one step in a case: what it means, what it needs, and the press that makes it, once. */
import type { ComponentChildren, JSX } from 'preact';
import { useState } from 'preact/hooks';

import { t } from '../../i18n';
import { refusalOf } from '../../protocol/refusal';
import { Button } from '../../ui/parts/Button';
import { Dialog } from '../../ui/parts/Dialog';
import { showToast } from '../../ui/parts/Toast';
import { tellRefusal } from '../../ui/refusals';

interface ActFrameProps {
  title: string;
  size?: 's' | 'm';
  meaning: string;
  /** The words of the button. */
  press: string;
  isDanger: boolean;
  /** Whether all is there that it needs. */
  isReady: boolean;
  /** Rejects with a Refusal; where asking again is of no use, the window closes. */
  make: () => Promise<void>;
  /** Said once it is made. */
  told: string;
  onClose: () => void;
  /** `isAsked`: it was pressed, so that what is missing is said. */
  children: (isAsked: boolean) => ComponentChildren;
}

export function ActFrame({ title, size = 's', meaning, press, isDanger, isReady, make, told, onClose, children }: ActFrameProps): JSX.Element {
  const [isAsked, setAsked] = useState(false);
  const [isBusy, setBusy] = useState(false);

  const send = async (): Promise<void> => {
    setAsked(true);
    if (!isReady || isBusy) return;
    setBusy(true);
    try {
      await make();
      showToast({ text: told, tone: 'good' });
      onClose();
    } catch (thrown) {
      tellRefusal(thrown);
      if (refusalOf(thrown).retryable) setBusy(false);
      else onClose();
    }
  };
  return (
    <Dialog
      title={title}
      size={size}
      onClose={onClose}
      foot={
        <>
          <Button kind="quiet" onClick={onClose}>{t('common.cancel')}</Button>
          <Button kind={isDanger ? 'danger' : 'primary'} busy={isBusy} onClick={() => void send()}>{press}</Button>
        </>
      }
    >
      <div class="act">
        <p class="act-meaning">{meaning}</p>
        {children(isAsked)}
      </div>
    </Dialog>
  );
}
