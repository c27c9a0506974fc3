/** Where a shop answers to a complaint, once. What is begun survives a reload; Ctrl+Enter sends. */
import type { JSX } from 'preact';
import { useId, useMemo, useState } from 'preact/hooks';

import { t } from '../../i18n';
import type { ComplaintView } from '../../protocol/generated';
import { useKept } from '../../ui/composer/use-kept';
import '../../ui/disputes/fields.css';
import { EvidenceWriting } from '../../ui/disputes/writing';
import { Button } from '../../ui/parts/Button';
import { showToast } from '../../ui/parts/Toast';
import { tellRefusal } from '../../ui/refusals';
import { useDesk } from '../desk-context';

export function ComplaintAnswer({ view, shop }: { view: ComplaintView; shop: string }): JSX.Element {
  const { client, disputes } = useDesk();
  const [isBusy, setBusy] = useState(false);
  const id = useId();
  const writing = useMemo(() => new EvidenceWriting(client, `complaint:${view.id}`), [client, view.id]);
  useKept(writing);
  const text = writing.text.value;
  const isReady = text.trim() !== '' && writing.isWhole.value && !isBusy;

  const send = async (): Promise<void> => {
    if (!isReady) return;
    setBusy(true);
    try {
      const said = writing.body().text ?? '';
      const now = await disputes.complaintsApi.move(view, 'answer', said, writing.keyOf('answer'));
      writing.forget();
      disputes.complaints.take(shop, [now]);
      showToast({ text: t('inbox.complaints.sent'), tone: 'good' });
      // The form is gone: the focus stays in the room.
      document.getElementById('conversation')?.focus({ preventScroll: true });
    } catch (thrown) {
      tellRefusal(thrown);
      setBusy(false);
      await disputes.complaints.look(shop, view.id).catch(() => undefined);
    }
  };

  return (
    <form
      class="case-answer"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <label class="field-label" htmlFor={id}>
        {t('inbox.complaints.answer')}
      </label>
      <textarea
        id={id}
        class="field"
        rows={4}
        dir={text === '' ? undefined : 'auto'}
        value={text}
        aria-describedby={`${id}hint`}
        aria-invalid={writing.left.value < 0}
        onInput={({ currentTarget }) => {
          writing.text.value = currentTarget.value;
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
          event.preventDefault();
          void send();
        }}
      />
      <p id={`${id}hint`} class="field-note">
        {writing.left.value < 0 ? t('composer.too_long', { count: -writing.left.value }) : t('inbox.complaints.hint')}
      </p>
      <Button kind="primary" type="submit" busy={isBusy} disabled={!isReady && !isBusy}>
        {t('inbox.complaints.send')}
      </Button>
    </form>
  );
}
