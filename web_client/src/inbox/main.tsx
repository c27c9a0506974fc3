/** The seller inbox: takes the link's secret, opens the session, loads the words, draws. */
import { effect, signal } from '@preact/signals';
import { render, type JSX } from 'preact';

import { backoff } from '../connection/backoff';
import { socketUrl } from '../connection/socket';
import { firstLocale, locale, needPart, setLocale } from '../i18n';
import '../i18n/disputes';
import '../i18n/inbox';
import '../i18n/more';
import '../i18n/reviews';
import type { Me } from '../protocol/generated';
import { Api } from '../services/api';
import { cookieAuth } from '../services/auth';
import { ComplaintsApi } from '../services/complaints';
import { DisputesApi } from '../services/disputes';
import { ReviewsApi } from '../services/reviews';
import { Client } from '../state/client';
import '../styles/base.css';
import { applyBrand, applyTheme, brandOfPage } from '../styles/brand';
import { ClientProvider, surroundings, type Surroundings } from '../ui/client';
import '../ui/parts/pressed.css';
import { Desk } from './desk';
import { DeskProvider } from './desk-context';
import { Door } from './Door';
import { enter, takeToken, type Entry } from './entry';
import { Inbox } from './Inbox';
import { preferences } from './preferences';

/** Parley is wherever this page is. */
const HERE = new URL('.', location.href);
const API = new URL('api/v1', HERE).pathname;

interface Opened {
  around: Surroundings;
  desk: Desk;
}

const entry = signal<Entry>({ kind: 'opening' });
const opened = signal<Opened | null>(null);
let later: ReturnType<typeof setTimeout> | undefined;

async function start(): Promise<void> {
  const token = takeToken();
  applyBrand(brandOfPage());
  effect(() => {
    applyTheme(preferences.value.theme);
  });
  await Promise.all([needPart('more'), needPart('inbox'), needPart('reviews'), setLocale(firstLocale(preferences.value.locale))]);
  const root = document.getElementById('app');
  if (root) render(<Page onRetry={() => void come(token)} />, root);
  await come(token);
}

/** Comes in; where the service is away, tries again by itself, less and less often. */
async function come(token: string | null, attempt = 0): Promise<void> {
  clearTimeout(later);
  const api = new Api(cookieAuth, API);
  if (attempt === 0) entry.value = { kind: 'opening' };
  const found = await enter(api, token);
  if (found.kind === 'in') await open(api, found.me);
  if (found.kind === 'no_service') later = setTimeout(() => void come(token, attempt + 1), backoff(attempt, Math.random()));
  entry.value = found;
}

async function open(api: Api, me: Me): Promise<void> {
  if (preferences.value.locale === '') await setLocale(firstLocale(me.locale));
  const client = new Client({ api, socketUrl: socketUrl(location.href), locale: () => locale.value });
  const desk = new Desk(client, {
    reviews: new ReviewsApi(cookieAuth, API),
    disputes: new DisputesApi(cookieAuth, API),
    complaints: new ComplaintsApi(cookieAuth, API),
  });
  desk.follow();
  client.start();
  opened.value = { around: surroundings(client), desk };
}

function Page({ onRetry }: { onRetry: () => void }): JSX.Element {
  const now = entry.value;
  const inside = opened.value;
  if (now.kind !== 'in' || inside === null) {
    return <Door kind={now.kind === 'in' ? 'opening' : now.kind} onRetry={onRetry} />;
  }
  return (
    <ClientProvider value={inside.around}>
      <DeskProvider value={inside.desk}>
        <Inbox />
      </DeskProvider>
    </ClientProvider>
  );
}

void start();
