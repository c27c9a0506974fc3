/** Why: at least a sentence, which both parties read. */
import type { JSX } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';

import { t } from '../../i18n';
import { codePoints } from '../../protocol/texts';
import { LEAST_REASONS, MOST_WORDS } from './drafts';

export interface ReasonsFieldProps {
  label: string;
  value: string;
  /** Else they may be left out. */
  isNeeded: boolean;
  /** The focus comes here. */
  isFirst?: boolean;
  onChange: (value: string) => void;
}

export function ReasonsField({ label, value, isNeeded, isFirst = false, onChange }: ReasonsFieldProps): JSX.Element {
  const id = useId();
  const place = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (isFirst) place.current?.focus();
  }, [isFirst]);
  const left = LEAST_REASONS - codePoints(value.trim());
  return (
    <div class="field">
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        ref={place}
        rows={4}
        maxLength={MOST_WORDS}
        dir="auto"
        value={value}
        aria-describedby={isNeeded ? `${id}left` : undefined}
        onInput={(event) => { onChange(event.currentTarget.value); }}
      />
      {isNeeded && (
        <p id={`${id}left`} class="quiet figures case-left">
          {left > 0 ? t('console.disputes.reasons.left', { count: left }) : t('console.disputes.reasons.told')}
        </p>
      )}
    </div>
  );
}
