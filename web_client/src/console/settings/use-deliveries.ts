/** What goes and went to an endpoint: newest first, a page at a time, and anew while something is on its way. */
import { useCallback, useEffect, useState } from 'preact/hooks';

import type { WebhookDelivery } from '../../protocol/generated';
import { refusalOf, type Refusal } from '../../protocol/refusal';
import { useConsole } from '../context';
import { isMoving } from './webhooks';

const AGAIN_MS = 2_000;

export interface Deliveries {
  /** Null before the first page has come. */
  rows: readonly WebhookDelivery[] | null;
  refusal: Refusal | null;
  hasMore: boolean;
  more: () => void;
  reload: () => void;
}

/** `turn` rises where something was done that shows here. */
export function useDeliveries(endpoint: string, dead: boolean, turn: number, onMoved: () => void): Deliveries {
  const { api } = useConsole();
  const [rows, setRows] = useState<readonly WebhookDelivery[] | null>(null);
  const [next, setNext] = useState<string | undefined>();
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [again, setAgain] = useState(0);

  useEffect(() => {
    let isHere = true;
    api.webhookDeliveries(endpoint, dead).then(
      ({ deliveries, next: following }) => {
        if (!isHere) return;
        setRows(deliveries);
        setNext(following ?? undefined);
        setRefusal(null);
      },
      (thrown: unknown) => {
        if (isHere) setRefusal(refusalOf(thrown));
      },
    );
    return () => {
      isHere = false;
    };
  }, [api, endpoint, dead, turn, again]);

  const reload = useCallback(() => { setAgain((before) => before + 1); }, []);

  useEffect(() => {
    if (rows === null || !isMoving(rows, Date.now())) return undefined;
    const timer = setTimeout(() => {
      reload();
      onMoved();
    }, AGAIN_MS);
    return () => { clearTimeout(timer); };
  }, [rows, reload, onMoved]);

  const more = (): void => {
    api.webhookDeliveries(endpoint, dead, next).then(
      ({ deliveries, next: following }) => {
        setRows((before) => [...(before ?? []), ...deliveries]);
        setNext(following ?? undefined);
      },
      (thrown: unknown) => { setRefusal(refusalOf(thrown)); },
    );
  };
  return { rows, refusal, hasMore: next !== undefined, more, reload };
}
