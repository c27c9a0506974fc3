/** Around something that is changed: its name above, what went wrong and the button that saves it below. */
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

import { t } from '../i18n';
import { Button, IconButton } from '../ui/parts/Button';
import { Dialog } from '../ui/parts/Dialog';
import { TrashIcon, XIcon } from '../ui/parts/icons';
import { refusalText, tellRefusal } from '../ui/refusals';
import type { Drafted } from './use-draft';

export interface Removal {
  title: string;
  text: string;
  run: () => Promise<void>;
}

export interface EditorFrameProps {
  title: string;
  work: Pick<Drafted<unknown, object>, 'isChanged' | 'busy' | 'refusal' | 'save' | 'reload'>;
  /** Left out where it cannot be removed. */
  removal?: Removal | undefined;
  /** Left out where it is always open: its name stands above it already. */
  onClose?: () => void;
  children: ComponentChildren;
}

export function EditorFrame({ title, work, removal, onClose, children }: EditorFrameProps): JSX.Element {
  const [asks, setAsks] = useState(false);
  const head = useRef<HTMLHeadingElement>(null);
  const isStale = work.refusal?.code === 'stale';

  useEffect(() => {
    if (onClose !== undefined) head.current?.focus();
    // Only as it opens.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);

  return (
    <form
      class="editor"
      aria-label={title}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (work.isChanged && !work.busy) void work.save();
      }}
    >
      {onClose !== undefined && (
        <header class="editor-head">
          <h3 ref={head} class="clip" dir="auto" tabIndex={-1}>{title}</h3>
          {removal !== undefined && (
            <IconButton icon={TrashIcon} label={t('console.remove')} aria-haspopup="dialog" onClick={() => { setAsks(true); }} />
          )}
          <IconButton icon={XIcon} label={t('common.close')} onClick={onClose} />
        </header>
      )}
      <div class="editor-body scroll">{children}</div>
      <footer class="editor-foot">
        <p class="sign-in-refusal" role="alert">
          {work.refusal !== null && (isStale ? t('console.stale.any') : refusalText(work.refusal))}
        </p>
        {isStale && <Button onClick={() => void work.reload()}>{t('console.load_again')}</Button>}
        <Button kind="primary" type="submit" busy={work.busy} disabled={!work.isChanged}>
          {t('common.save')}
        </Button>
      </footer>
      {asks && removal !== undefined && (
        <Confirm title={removal.title} text={removal.text} label={t('console.remove')} run={removal.run} onClose={() => { setAsks(false); }} />
      )}
    </form>
  );
}

export interface ConfirmProps {
  title: string;
  text: string;
  /** Of the button that does it. */
  label: string;
  run: () => Promise<void>;
  onClose: () => void;
}

/** Asks before something that cannot be taken back lightly. */
export function Confirm({ title, text, label, run, onClose }: ConfirmProps): JSX.Element {
  const [busy, setBusy] = useState(false);
  return (
    <Dialog
      title={title}
      size="s"
      onClose={onClose}
      foot={
        <>
          <Button kind="quiet" onClick={onClose}>{t('common.cancel')}</Button>
          <Button
            kind="danger"
            busy={busy}
            onClick={() => {
              setBusy(true);
              run().then(onClose, (thrown: unknown) => {
                tellRefusal(thrown);
                onClose();
              });
            }}
          >
            {label}
          </Button>
        </>
      }
    >
      <p class="quiet">{text}</p>
    </Dialog>
  );
}
