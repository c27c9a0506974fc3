/** Keeps what is being written: the draft is taken up, written down, and its photos go on when the connection is back. */
import { untracked, useSignalEffect } from '@preact/signals';
import { useEffect } from 'preact/hooks';

import type { Drafts } from '../../connection/drafts';
import type { Uploads } from '../../services/uploads';
import { useClient } from '../client';

/** Something that has a draft. */
export interface Kept {
  restore: (drafts: Drafts | null) => void;
  save: () => void;
  /** Reads all that the draft holds, so that a change of it is noticed. */
  touch: () => unknown;
}

/** A draft is written a moment after the last key, and when the page goes. */
const SAVE_MS = 400;

export function useKept(writing: Kept): void {
  const client = useClient();
  useSignalEffect(() => {
    const drafts = client.drafts.value;
    untracked(() => {
      writing.restore(drafts);
    });
  });
  useSignalEffect(() => {
    writing.touch();
    const timer = setTimeout(() => {
      writing.save();
    }, SAVE_MS);
    return () => {
      clearTimeout(timer);
    };
  });
  useEffect(() => {
    const save = (): void => {
      writing.save();
    };
    window.addEventListener('pagehide', save);
    return () => {
      window.removeEventListener('pagehide', save);
      save();
    };
  }, [writing]);
}

/** What failed for want of a connection is tried again when there is one. */
export function useRetried(uploads: Uploads): void {
  const client = useClient();
  useSignalEffect(() => {
    const isOpen = client.connection.value.kind === 'open';
    untracked(() => {
      if (isOpen) uploads.retry();
    });
  });
}
