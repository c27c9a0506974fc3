/** A few words of a buyer, with what is wrong with them. What is begun survives a reload. */
import type { JSX } from 'preact';
import { useId } from 'preact/hooks';

import { t } from '../../i18n';
import { useKept } from '../composer/use-kept';
import '../disputes/fields.css';
import type { EvidenceWriting } from '../disputes/writing';

export interface WordsAreaProps {
  writing: EvidenceWriting;
  label: string;
  /** Beside the label, quieter. */
  note?: string | undefined;
  /** What is wrong with what is there; empty where nothing is. */
  fault?: string;
}

export function WordsArea({ writing, label, note, fault = '' }: WordsAreaProps): JSX.Element {
  const id = useId();
  const text = writing.text.value;
  const left = writing.left.value;
  useKept(writing);
  const words = left < 0 ? t('composer.too_long', { count: -left }) : fault;
  return (
    <div>
      <label class="field-label" htmlFor={id}>
        {label} {note !== undefined && <span class="quiet">({note})</span>}
      </label>
      <textarea
        id={id}
        class="field"
        rows={4}
        dir={text === '' ? undefined : 'auto'}
        value={text}
        aria-describedby={`${id}fault`}
        aria-invalid={words !== ''}
        onInput={({ currentTarget }) => {
          writing.text.value = currentTarget.value;
        }}
      />
      <p id={`${id}fault`} class="field-fault" role="alert">
        {words}
      </p>
    </div>
  );
}
