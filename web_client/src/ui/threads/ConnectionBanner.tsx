/** One quiet line while the connection is not there. A short absence is not worth a word. */
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';

import { t, type MessageKey } from '../../i18n';
import { CLOSE } from '../../protocol/generated';
import { useClient } from '../client';
import { Banner } from '../parts/Banner';
import { Button } from '../parts/Button';
import { AlertIcon, WifiOffIcon } from '../parts/icons-first';

/** Absences that are shorter are not shown. */
const SHORT_MS = 1_500;

const STOPPED: Readonly<Record<number, MessageKey>> = {
  [CLOSE.signedOut]: 'connection.signed_out',
  [CLOSE.badTicket]: 'connection.signed_out',
  [CLOSE.tooMany]: 'connection.too_many',
  [CLOSE.badProtocol]: 'connection.update',
};

export function ConnectionBanner(): JSX.Element | null {
  const client = useClient();
  const state = client.connection.value;
  const isAway = state.kind === 'waiting' || state.kind === 'opening';
  const isLong = useLong(isAway);
  if (state.kind === 'stopped') return <Stopped code={state.code} />;
  if (!isAway || !isLong || client.chat.value.me === null && navigator.onLine) return null;
  const waiting = client.letters.value.filter(({ refused }) => refused === undefined).length;
  return (
    <Banner tone="warn" icon={WifiOffIcon}>
      {t(navigator.onLine ? 'connection.reconnecting' : 'connection.offline')}
      {waiting > 0 && navigator.onLine && ` ${t('connection.waiting', { count: waiting })}`}
    </Banner>
  );
}

function Stopped({ code }: { code: number }): JSX.Element {
  const client = useClient();
  const isOld = code === CLOSE.badProtocol;
  const again = (): void => {
    if (isOld) location.reload();
    else client.reconnect();
  };
  return (
    <Banner
      tone="danger"
      icon={AlertIcon}
      action={
        <Button size="s" onClick={again}>
          {t(isOld ? 'connection.reload' : 'common.retry')}
        </Button>
      }
    >
      {t(STOPPED[code] ?? 'connection.reconnecting')}
    </Banner>
  );
}

function useLong(isAway: boolean): boolean {
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    setLong(false);
    if (!isAway) return undefined;
    const timer = setTimeout(setLong, SHORT_MS, true);
    return () => {
      clearTimeout(timer);
    };
  }, [isAway]);
  return isLong;
}
