/** The server said to stay away: why, and what can be done. It could say so, so this part can be fetched. */
import type { JSX } from 'preact';

import { t, type MessageKey } from '../../i18n';
import '../../i18n/more';
import { CLOSE } from '../../protocol/generated';
import { useLobby } from '../lobby';
import { Banner } from '../parts/Banner';
import { Button } from '../parts/Button';
import { AlertIcon } from '../parts/icons';

const STOPPED: Readonly<Record<number, MessageKey>> = {
  [CLOSE.signedOut]: 'connection.signed_out',
  [CLOSE.badTicket]: 'connection.signed_out',
  [CLOSE.tooMany]: 'connection.too_many',
  [CLOSE.badProtocol]: 'connection.update',
};

export function StoppedBanner({ code }: { code: number }): JSX.Element {
  const lobby = useLobby();
  const isOld = code === CLOSE.badProtocol;
  const again = (): void => {
    if (isOld) location.reload();
    else lobby.reconnect();
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
