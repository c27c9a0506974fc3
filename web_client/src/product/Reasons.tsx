/** Why there is nothing to read, in full: most readers never see it, so it comes when it is needed. */
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';

import { t } from '../i18n';
import { Button } from '../ui/parts/Button';
import { EmptyState } from '../ui/parts/EmptyState';
import { AlertIcon, RetryIcon, SearchIcon, StarIcon, WifiOffIcon } from '../ui/parts/icons';
import { around } from './around';
import type { NothingProps } from './Nothing';
import { Seller } from './Seller';
import './nothing.css';

export function Reasons({ why }: NothingProps): JSX.Element {
  if (why === 'failed') return <Failed />;
  if (why === 'stuck') return <Stuck />;
  if (why === 'unrated') return <Unrated />;
  return why === 'wordless' ? <Wordless /> : <NothingLikeThat />;
}

/** Nobody has rated it; who sells it may be known all the same. */
function Unrated(): JSX.Element {
  const shop = around().reading.head.value?.shop;
  return (
    <>
      <EmptyState icon={StarIcon} title={t('reader.none')} text={t('reader.none.text')} />
      {shop && (
        <div class="top top-alone">
          <Seller card={shop} />
        </div>
      )}
    </>
  );
}

function Wordless(): JSX.Element {
  return <EmptyState icon={StarIcon} title={t('reader.stars_only')} text={t('reader.stars_only.text')} />;
}

function NothingLikeThat(): JSX.Element {
  const { reading } = around();
  return (
    <EmptyState icon={SearchIcon} title={t('reader.nothing')} text={t('reader.nothing.text')}>
      <Button onClick={() => void reading.clear()}>{t('reader.clear')}</Button>
    </EmptyState>
  );
}

/** The first page did not come. */
function Failed(): JSX.Element {
  const isOnline = useOnline();
  const icon = isOnline ? AlertIcon : WifiOffIcon;
  return (
    <div role="alert">
      <EmptyState
        icon={icon}
        title={t(isOnline ? 'reader.failed' : 'reader.offline')}
        text={t(isOnline ? 'reader.failed.text' : 'reader.offline.text')}
      >
        <Retry />
      </EmptyState>
    </div>
  );
}

/** What was asked for later did not come; what is there stays. */
function Stuck(): JSX.Element {
  const isOnline = useOnline();
  return (
    <div class="stuck" role="alert">
      {t(isOnline ? 'reader.failed' : 'reader.offline')}
      <Retry />
    </div>
  );
}

function Retry(): JSX.Element {
  const { reading } = around();
  return (
    <Button icon={RetryIcon} busy={reading.isBusy.value} onClick={() => void reading.load()}>
      {t('reader.retry')}
    </Button>
  );
}

function useOnline(): boolean {
  const [isOnline, setOnline] = useState(navigator.onLine);
  useEffect(() => {
    const follow = (): void => {
      setOnline(navigator.onLine);
    };
    addEventListener('online', follow);
    addEventListener('offline', follow);
    return () => {
      removeEventListener('online', follow);
      removeEventListener('offline', follow);
    };
  }, []);
  return isOnline;
}
