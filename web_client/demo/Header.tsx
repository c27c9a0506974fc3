/** The market's header: its name, languages, light or dark, and who is signed in. */
import type { JSX } from 'preact';
import { locale, LOCALE_NAMES, LOCALES, t } from '../src/i18n';
import type { Theme } from '../src/styles/brand';
import { Avatar } from '../src/ui/parts/Avatar';
import { IconButton } from '../src/ui/parts/Button';
import { ChatsIcon, ChevronDownIcon, GlobeIcon, MoonIcon, SunIcon, UserIcon } from '../src/ui/parts/icons';
import { Menu } from '../src/ui/parts/Menu';
import { chooseLocale, chooseTheme, isFramed, NOBODY, person, personId, theme } from './market';
import { parley } from './embed';

export function Header({ onChoose }: { onChoose: () => void }): JSX.Element {
  return (
    <header class="head">
      <div class="head-row">
        <a class="mark" href="#/" aria-label="Karavela">
          <img src="/demo/art/mark.svg" alt="" width="32" height="32" />
          <span>Karavela</span>
        </a>
        <div class="head-tools">
          <Menu
            label={t('common.language')}
            icon={GlobeIcon}
            items={LOCALES.map((tag) => ({
              id: tag,
              label: LOCALE_NAMES[tag],
              current: tag === locale.value,
              onPick: () => void chooseLocale(tag),
            }))}
          />
          <ThemeButton />
          <IconButton
            icon={ChatsIcon}
            label={t('demo.messages')}
            onClick={() => {
              parley('open');
            }}
          />
          <WhoButton onChoose={onChoose} />
        </div>
      </div>
    </header>
  );
}

function ThemeButton(): JSX.Element {
  const dark =
    theme.value === 'dark' || (theme.value === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches);
  const next: Theme = dark ? 'light' : 'dark';
  return (
    <IconButton
      icon={dark ? SunIcon : MoonIcon}
      label={t('demo.theme')}
      onClick={() => {
        chooseTheme(next);
      }}
    />
  );
}

function WhoButton({ onChoose }: { onChoose: () => void }): JSX.Element | null {
  const who = person.value;
  if ((!who && personId.value !== NOBODY) || isFramed) return null;
  return (
    <button type="button" class="who" aria-haspopup="dialog" onClick={onChoose}>
      <span class="unseen">{t('demo.sign_in_as')}</span>
      {who ? <Avatar name={who.name} size={28} /> : <UserIcon size={20} />}
      <bdi class="who-name">{who?.name ?? t('demo.nobody')}</bdi>
      <ChevronDownIcon size={15} />
    </button>
  );
}
