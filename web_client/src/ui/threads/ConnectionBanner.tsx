/** One quiet line while the connection is not there. A short absence is not worth a word. */
import type { ComponentType, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';

import { needPart, t } from '../../i18n';
import { Later } from '../Later';
import { useLobby } from '../lobby';
import { Banner } from '../parts/Banner';
import { WifiOffIcon } from '../parts/icons-first';

/** Absences that are shorter are not shown. */
const SHORT_MS = 1_500;

const loadStopped = async (): Promise<ComponentType<{ code: number }>> => {
  const { StoppedBanner } = await import('./StoppedBanner');
  await needPart('more');
  return StoppedBanner;
};

export function ConnectionBanner(): JSX.Element | null {
  const lobby = useLobby();
  const state = lobby.connection.value;
  const isAway = state.kind === 'waiting' || state.kind === 'opening';
  const isLong = useLong(isAway);
  if (state.kind === 'stopped') return <Later load={loadStopped} props={{ code: state.code }} />;
  if (!isAway || !isLong || lobby.chat.value.me === null && navigator.onLine) return null;
  const waiting = lobby.letters.value.filter(({ refused }) => refused === undefined).length;
  return (
    <Banner tone="warn" icon={WifiOffIcon}>
      {t(navigator.onLine ? 'connection.reconnecting' : 'connection.offline')}
      {waiting > 0 && navigator.onLine && ` ${t('connection.waiting', { count: waiting })}`}
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
