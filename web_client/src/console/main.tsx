/** The agent console: asks who is here, draws the door or the rooms. */
import { effect, signal } from '@preact/signals';
import { render, type JSX } from 'preact';

import { firstLocale, locale, needPart, setLocale, t } from '../i18n';
import '../i18n/console';
import '../i18n/more';
import type { StaffMe } from '../protocol/generated';
import { cookieAuth } from '../services/auth';
import { ConsoleApi } from '../services/console';
import '../styles/base.css';
import { applyBrand, applyTheme, brandOfPage } from '../styles/brand';
import '../ui/parts/pressed.css';
import '../ui/parts/tabs-line.css';
import { Toasts } from '../ui/parts/Toast';
import { brandName } from './brand-name';
import { ChoosePassword } from './ChoosePassword';
import { ConsoleContext } from './context';
import { takeLink, type MailedLink } from './door';
import { preferences } from './preferences';
import { Shell } from './Shell';
import { SignIn } from './SignIn';
// Last: it says how the parts stand in its frame.
import './console.css';

/** Parley is wherever this page is. */
const API = new URL('api/v1', new URL('.', location.href)).pathname;

type Here = { kind: 'opening' } | { kind: 'out' } | { kind: 'link'; link: MailedLink } | { kind: 'in'; me: StaffMe };

const here = signal<Here>({ kind: 'opening' });
const api = new ConsoleApi(cookieAuth, API);

async function start(): Promise<void> {
  applyBrand(brandOfPage());
  effect(() => {
    applyTheme(preferences.value.theme);
  });
  effect(() => {
    document.title = `${t('console.title')} · ${brandName.value}`;
  });
  await Promise.all([needPart('more'), needPart('console'), setLocale(firstLocale(preferences.value.locale))]);
  const root = document.getElementById('app');
  if (root) render(<Page />, root);
  // Whoever follows a link while the console is open here comes to the same page.
  addEventListener('hashchange', follow);
  if (!follow()) await api.me().then(enter, leave);
}

/** Shows what a mailed link is for; whether there was one. */
function follow(): boolean {
  const link = takeLink();
  if (link !== null) here.value = { kind: 'link', link };
  return link !== null;
}

function enter(me: StaffMe): void {
  here.value = { kind: 'in', me };
}

/** What rooms wish to be told. */
const leaving = new Set<() => void>();

function leave(): void {
  leaving.forEach((tell) => {
    tell();
  });
  here.value = { kind: 'out' };
}

function Page(): JSX.Element {
  const now = here.value;
  return (
    <div class="console" key={locale.value}>
      {now.kind === 'opening' && (
        <p class="door-opening quiet" role="status">
          <span class="spinner" />
          {t('common.loading')}
        </p>
      )}
      {now.kind === 'out' && <SignIn api={api} onEnter={enter} />}
      {now.kind === 'link' && <ChoosePassword api={api} link={now.link} onEnter={enter} onBack={leave} />}
      {now.kind === 'in' && (
        <ConsoleContext.Provider value={{ api, me: now.me, leave, leaving }}>
          <Shell />
        </ConsoleContext.Provider>
      )}
      <Toasts />
    </div>
  );
}

void start();
