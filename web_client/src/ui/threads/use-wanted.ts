/** Goes to the message that somebody asked to see: loads what is around it, brings it into sight, lets it glow. */
import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';

import { t } from '../../i18n';
import { useClient } from '../client';
import { showToast } from '../parts/Toast';
import { tellRefusal } from '../refusals';
import type { Talk } from './talk';

/** As long as the glow lasts. */
const GLOW_MS = 1_700;

export function useWanted(box: RefObject<HTMLElement | null>, talk: Talk): void {
  const client = useClient();
  const seq = talk.wanted.value;

  useEffect(() => {
    if (seq === null) return undefined;
    let isHere = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const end = (): void => {
      if (isHere) talk.wanted.value = null;
    };
    // It glows from when it is seen on: what is around it may take long to come.
    const show = (isThere: boolean): void => {
      if (!isHere) return;
      if (!isThere) {
        showToast({ text: t('error.not_found') });
        end();
        return;
      }
      requestAnimationFrame(() => { box.current?.querySelector(`[data-seq="${String(seq)}"]`)?.scrollIntoView({ block: 'center' }); });
      timer = setTimeout(end, GLOW_MS);
    };
    client.history.around(talk.threadId, seq).then(show, (thrown: unknown) => {
      tellRefusal(thrown);
      end();
    });
    return () => {
      isHere = false;
      clearTimeout(timer);
    };
  }, [client, talk, box, seq]);
}
