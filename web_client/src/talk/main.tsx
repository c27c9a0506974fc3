/** Where mails of support lead: the visitor's conversation over a whole page. */
import { signal } from '@preact/signals';
import { render, type JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

import { firstLocale, needPart, setLocale, t } from '../i18n';
import '../i18n/help';
import { HelpDesk } from '../services/help';
import '../styles/base.css';
import { applyBrand, applyTheme, brandOfPage } from '../styles/brand';
import { Button } from '../ui/parts/Button';
import { EmptyState } from '../ui/parts/EmptyState';
import { LinkOffIcon, WifiOffIcon } from '../ui/parts/icons';
import { hostWidget } from './host';
import { comeBack, takeSecret, type Return } from './return';
import './talk.css';

/** Parley is wherever this page is. */
const help = new HelpDesk(new URL('api/v1', new URL('.', location.href)).pathname);

const now = signal<Return | null>(null);
let secret = '';

async function start(): Promise<void> {
  secret = takeSecret();
  // Whoever follows another link while this page is open comes to the same page.
  addEventListener('hashchange', () => {
    location.reload();
  });
  applyBrand(brandOfPage());
  applyTheme('auto');
  await Promise.all([needPart('help'), setLocale(firstLocale())]);
  document.title = document.documentElement.dataset['brandName'] ?? document.title;
  const root = document.getElementById('app');
  if (root) render(<Page />, root);
  await follow();
}

async function follow(): Promise<void> {
  now.value = null;
  now.value = await comeBack(secret, (token) => help.comeBack(token));
}

function Page(): JSX.Element {
  const found = now.value;
  return (
    <main class="talk">
      <h1 class="unseen">{document.title}</h1>
      {found?.kind === 'back' ? <Conversation thread={found.thread} /> : <Notice found={found} />}
    </main>
  );
}

function Notice({ found }: { found: Exclude<Return, { kind: 'back' }> | null }): JSX.Element {
  return (
    <div class="talk-notice">
      {found === null && (
        <p class="quiet" role="status">
          <span class="spinner" /> {t('help.return.opening')}
        </p>
      )}
      {found?.kind === 'dead' && (
        <EmptyState icon={LinkOffIcon} title={t('help.return.dead')} text={t('help.return.dead.text')}>
          <Button
            kind="primary"
            onClick={() => {
              now.value = { kind: 'back', thread: null };
            }}
          >
            {t('help.return.ask')}
          </Button>
        </EmptyState>
      )}
      {found?.kind === 'away' && (
        <EmptyState icon={WifiOffIcon} title={t('help.return.away')}>
          <Button kind="primary" onClick={() => void follow()}>
            {t('common.retry')}
          </Button>
        </EmptyState>
      )}
    </div>
  );
}

function Conversation({ thread }: { thread: string | null }): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (place.current) return hostWidget(place.current, thread);
    return undefined;
  }, [thread]);
  return <div class="talk-place" ref={place} />;
}

void start();
