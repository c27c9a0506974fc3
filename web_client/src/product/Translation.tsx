/** The way to a translation and back. It is said to be one, for a machine may have misunderstood. */
import type { JSX } from 'preact';

import { t } from '../i18n';
import { languageInside } from './names';
import type { Translating } from './use-translation';

export interface TranslationProps {
  /** Of the original. */
  language: string;
  translation: Translating;
}

export function Translation({ language, translation }: TranslationProps): JSX.Element {
  const isShown = translation.text !== null;
  return (
    <p class="translation">
      <span role="status">
        {isShown && t('reader.translated', { language: languageInside(language) })}
        {translation.isMissing && t('reader.no_translation')}
      </span>
      {isShown && <span aria-hidden="true">·</span>}
      <button type="button" class="link" aria-busy={translation.isBusy} onClick={translation.toggle}>
        {t(isShown ? 'reader.original' : translation.isMissing ? 'reader.retry' : 'reader.translate')}
      </button>
    </p>
  );
}
