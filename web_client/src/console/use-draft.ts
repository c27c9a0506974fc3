/** Something of a room while it is changed: what is kept of it, what is written, and sending it by its revision. */
import { useCallback, useState } from 'preact/hooks';

import { t } from '../i18n';
import { refusalOf, type Refusal } from '../protocol/refusal';
import { showToast } from '../ui/parts/Toast';

export interface Drafted<Kept, Draft> {
  /** As the server has it; null for what is new. */
  kept: Kept | null;
  draft: Draft;
  change: (part: Partial<Draft>) => void;
  isChanged: boolean;
  busy: boolean;
  refusal: Refusal | null;
  save: () => Promise<void>;
  /** Gives up what is written for what the server has now. */
  reload: () => Promise<void>;
}

export interface DraftPlan<Kept, Draft> {
  kept: Kept | null;
  /** What is written at first. */
  begin: (kept: Kept | null) => Draft;
  send: (draft: Draft, kept: Kept | null) => Promise<Kept>;
  /** What the server has now; undefined where it is gone. */
  fetch: (kept: Kept | null) => Promise<Kept | undefined>;
  onSaved: (kept: Kept) => void;
}

export function useDraft<Kept, Draft extends object>(plan: DraftPlan<Kept, Draft>): Drafted<Kept, Draft> {
  const [kept, setKept] = useState(plan.kept);
  const [draft, setDraft] = useState(() => plan.begin(plan.kept));
  const [isChanged, setChanged] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [busy, setBusy] = useState(false);

  const change = useCallback((part: Partial<Draft>) => {
    setDraft((before) => ({ ...before, ...part }));
    setChanged(true);
  }, []);

  const take = (found: Kept): void => {
    setKept(found);
    setDraft(plan.begin(found));
    setChanged(false);
    setRefusal(null);
  };

  const save = async (): Promise<void> => {
    setBusy(true);
    try {
      const saved = await plan.send(draft, kept);
      take(saved);
      showToast({ text: t('console.saved'), tone: 'good' });
      plan.onSaved(saved);
    } catch (thrown) {
      setRefusal(refusalOf(thrown));
    }
    setBusy(false);
  };

  const reload = async (): Promise<void> => {
    try {
      const found = await plan.fetch(kept);
      if (found !== undefined) take(found);
    } catch (thrown) {
      setRefusal(refusalOf(thrown));
    }
  };

  return { kept, draft, change, isChanged, busy, refusal, save, reload };
}
