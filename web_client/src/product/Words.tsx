/** What somebody wrote, in his language or in the reader's: the first lines of it, and all where one asks. */
import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';

import { locale, t } from '../i18n';
import type { PublicText } from '../protocol/generated';
import type { Part } from '../services/public-reviews';
import { around } from './around';
import { dateOf } from './names';
import { Translation } from './Translation';
import { useClamped } from './use-clamped';
import { useTranslation } from './use-translation';

export interface WordsProps {
  review: string;
  part: Part;
  said: PublicText;
  /** Of all but the review itself: what these words are. */
  title?: string;
}

export function Words({ review, part, said, title }: WordsProps): JSX.Element {
  const place = useRef<HTMLParagraphElement>(null);
  const [isWhole, setWhole] = useState(false);
  const translation = useTranslation(review, part);
  const text = translation.text ?? said.text;
  const isClamped = useClamped(place, text);
  const language = translation.text === null ? said.language : locale.value;
  return (
    <div class={`words words-${part}`}>
      {title !== undefined && (
        <p class="words-title">
          <strong>{title}</strong> <time class="quiet">{dateOf(said.at)}</time>
        </p>
      )}
      {text !== '' && (
        <p ref={place} class={isWhole ? 'text' : 'text text-short'} dir="auto" lang={language === '' ? undefined : language}>
          {text}
        </p>
      )}
      {(isClamped || isWhole) && (
        <button type="button" class="link" aria-expanded={isWhole} onClick={() => { setWhole(!isWhole); }}>
          {t(isWhole ? 'reader.less_text' : 'reader.more_text')}
        </button>
      )}
      <Offer said={said} translation={translation} />
    </div>
  );
}

/** Only what the reader may not understand is offered in his language. */
function Offer({ said, translation }: { said: PublicText; translation: ReturnType<typeof useTranslation> }): JSX.Element | null {
  const translates = around().reading.head.value?.translates ?? false;
  const { text, language = '' } = said;
  if (!translates || text === '' || language === '' || language === locale.value) return null;
  return <Translation language={language} translation={translation} />;
}
