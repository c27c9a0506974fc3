/** Where the goods go back to: written once, shown to the buyer as it is. */
import type { JSX } from 'preact';
import { useId } from 'preact/hooks';

import { t } from '../../i18n';
import { useKept } from '../../ui/composer/use-kept';
import type { EvidenceWriting } from '../../ui/disputes/writing';
import '../../ui/disputes/fields.css';

export function Address({ writing }: { writing: EvidenceWriting }): JSX.Element {
  const id = useId();
  useKept(writing);
  const text = writing.text.value;
  return (
    <div>
      <label class="field-label" htmlFor={id}>
        {t('inbox.disputes.address')}
      </label>
      <textarea
        id={id}
        class="field"
        rows={4}
        autocomplete="street-address"
        dir={text === '' ? undefined : 'auto'}
        value={text}
        onInput={({ currentTarget }) => {
          writing.text.value = currentTarget.value;
        }}
      />
    </div>
  );
}
