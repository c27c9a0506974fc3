/** Language and appearance, as rows of a window of settings. What is kept of the choice is the screen's business. */
import type { JSX } from 'preact';

import { locale, LOCALE_NAMES, LOCALES, setLocale, t } from '../../i18n';
import type { Theme } from '../../styles/brand';
import './settings.css';

const THEMES: readonly Theme[] = ['auto', 'light', 'dark'];

export interface LookProps {
  theme: Theme;
  onPick: (look: { theme: Theme } | { locale: string }) => void;
}

/** The language changes at once; the theme follows what the screen keeps. */
export function Look({ theme, onPick }: LookProps): JSX.Element {
  return (
    <>
      <label class="setting">
        <span>{t('common.language')}</span>
        <select
          value={locale.value}
          onChange={({ currentTarget: { value } }) => {
            onPick({ locale: value });
            void setLocale(value);
          }}
        >
          {LOCALES.map((tag) => (
            <option key={tag} value={tag}>
              {LOCALE_NAMES[tag]}
            </option>
          ))}
        </select>
      </label>
      <label class="setting">
        <span>{t('common.theme')}</span>
        <select
          value={theme}
          onChange={({ currentTarget: { value } }) => {
            onPick({ theme: THEMES.find((one) => one === value) ?? 'auto' });
          }}
        >
          {THEMES.map((one) => (
            <option key={one} value={one}>
              {t(`common.theme.${one}`)}
            </option>
          ))}
        </select>
      </label>
    </>
  );
}
