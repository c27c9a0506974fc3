/** What a buyer may do in a dispute, and the window in which he does it, fetched when he does. */
import type { ComponentType } from 'preact';

import type { DisputeView } from '../../protocol/generated';
import type { ActDialogProps } from './ActDialog';

export type Act = Extract<DisputeView['acts'][number], 'accept' | 'agree' | 'counter' | 'escalate' | 'evidence' | 'withdraw' | 'ship' | 'reopen'>;

/** Those beside the answers to an offer, the one that matters most first. */
export const OTHERS: readonly Act[] = ['ship', 'counter', 'escalate', 'evidence', 'reopen', 'withdraw'];

export const loadAct = async (): Promise<ComponentType<ActDialogProps>> => (await import('./ActDialog')).ActDialog;
