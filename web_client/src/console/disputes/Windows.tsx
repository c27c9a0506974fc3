/** What opens above the room: all keys, the question before a case is taken over, a conversation that is looked into. */
import type { JSX } from 'preact';

import { t } from '../../i18n';
import { Button } from '../../ui/parts/Button';
import { Dialog } from '../../ui/parts/Dialog';
import { KeyRows } from '../../ui/parts/KeyRows';
import { KeysSwitch } from '../desk/DeskSettings';
import { useDocket } from './context';
import { LookInto } from './LookInto';
import { take } from './standing';

const ROWS = [
  { keys: ['J'], key: 'next' },
  { keys: ['K'], key: 'previous' },
  { keys: ['T'], key: 'take' },
  { keys: ['P'], key: 'propose' },
  { keys: ['D'], key: 'decide' },
  { keys: ['W'], key: 'write' },
  { keys: ['Esc'], key: 'back' },
  { keys: ['?'], key: 'help' },
] as const;

export function Windows(): JSX.Element | null {
  const docket = useDocket();
  const [window, thread, opened] = [docket.window.value, docket.looksInto.value, docket.case.value.value];
  const close = (): void => {
    docket.window.value = null;
  };
  if (window === 'keys') return <KeysDialog onClose={close} />;
  if (window === 'take' && opened !== null) {
    return (
      <Dialog
        title={t('console.disputes.take_over')}
        onClose={close}
        size="s"
        foot={
          <>
            <Button onClick={close}>{t('common.cancel')}</Button>
            <Button kind="primary" onClick={() => { take(docket, opened, true); }}>{t('console.disputes.take_over')}</Button>
          </>
        }
      >
        <p>{t('console.disputes.take_over.text', { name: opened.around.mediator?.name ?? '' })}</p>
      </Dialog>
    );
  }
  if (thread !== null && opened !== null) return <LookInto key={thread} opened={opened} thread={thread} />;
  return null;
}

function KeysDialog({ onClose }: { onClose: () => void }): JSX.Element {
  return (
    <Dialog title={t('console.disputes.keys')} onClose={onClose}>
      <KeyRows rows={ROWS.map(({ keys, key }) => ({ keys, text: t(`console.disputes.key.${key}`) }))} />
      <div class="help-foot">
        <KeysSwitch />
      </div>
    </Dialog>
  );
}
