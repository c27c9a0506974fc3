/** One text in the reader's language, fetched when he asks for it and kept while the page stands. */
import { useRef, useState } from 'preact/hooks';

import { locale } from '../i18n';
import type { Part } from '../services/public-reviews';
import { around } from './around';

export interface Translating {
  /** Null while the original is shown. */
  text: string | null;
  isBusy: boolean;
  /** Whether it was asked for and could not be had. */
  isMissing: boolean;
  toggle: () => void;
}

type State = 'original' | 'asked' | 'translated' | 'missing';

export function useTranslation(review: string, part: Part): Translating {
  const { api } = around().frame;
  const [state, setState] = useState<State>('original');
  const had = useRef<string | null>(null);

  const fetchIt = async (): Promise<void> => {
    setState('asked');
    const found = await api.translation(review, part, locale.peek()).catch(() => null);
    had.current = found?.text ?? null;
    setState(had.current === null ? 'missing' : 'translated');
  };

  return {
    text: state === 'translated' ? had.current : null,
    isBusy: state === 'asked',
    isMissing: state === 'missing',
    toggle: () => {
      if (state === 'translated') setState('original');
      else if (had.current !== null) setState('translated');
      else if (state !== 'asked') void fetchIt();
    },
  };
}
