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
    const show = (isThere: boolean): void => {
      if (!isHere) return;
      if (isThere) requestAnimationFrame(() => { box.current?.querySelector(`[data-seq="${String(seq)}"]`)?.scrollIntoView({ block: 'center' }); });
      else showToast({ text: t('error.not_found') });
    };
    client.history.around(talk.threadId, seq).then(show, tellRefusal);
    const timer = setTimeout(() => {
      talk.wanted.value = null;
    }, GLOW_MS);
    return () => {
      isHere = false;
      clearTimeout(timer);
    };
  }, [client, talk, box, seq]);
}
