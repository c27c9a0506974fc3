/** What each step of a shop in a dispute needs, and what it brings about. Pure. */
import type { DisputeView } from '../../protocol/generated';
import type { Kind } from '../../ui/disputes/remedy';

/** Those steps that a shop can make, in the order in which they are offered. */
export const SHOP_ACTS = ['agree', 'accept', 'counter', 'reject', 'address', 'receive', 'contest', 'escalate', 'evidence'] as const satisfies readonly DisputeView['acts'][number][];

export type ShopAct = (typeof SHOP_ACTS)[number];

export interface StepForm {
  readonly words: 'none' | 'optional' | 'needed' | 'words_or_pieces';
  readonly takesPieces: boolean;
  readonly takesRemedy: boolean;
}

const CONFIRMED: StepForm = { words: 'none', takesPieces: false, takesRemedy: false };
const PROVEN: StepForm = { words: 'words_or_pieces', takesPieces: true, takesRemedy: false };

const FORMS: Readonly<Record<ShopAct, StepForm>> = {
  accept: CONFIRMED,
  agree: CONFIRMED,
  receive: CONFIRMED,
  counter: { words: 'needed', takesPieces: true, takesRemedy: true },
  reject: { words: 'needed', takesPieces: true, takesRemedy: false },
  address: { words: 'needed', takesPieces: false, takesRemedy: false },
  escalate: { words: 'optional', takesPieces: true, takesRemedy: false },
  contest: PROVEN,
  evidence: PROVEN,
};

export function actsOf({ acts }: Pick<DisputeView, 'acts'>): ShopAct[] {
  return SHOP_ACTS.filter((act) => acts.includes(act));
}

/** Whether the shop has been silent: who asks a mediator then has to say something with it. */
export function isSilent({ state, then = '' }: Pick<DisputeView, 'state' | 'then'>): boolean {
  return state === 'seller_turn' && then === 'as_asked';
}

export function formOf(view: Pick<DisputeView, 'state' | 'then'>, act: ShopAct): StepForm {
  return act === 'escalate' && isSilent(view) ? PROVEN : FORMS[act];
}

export interface Filled {
  readonly text: string;
  readonly hasPieces: boolean;
  /** Nothing is too long, nothing still on its way. */
  readonly isWhole: boolean;
  readonly hasRemedy: boolean;
}

/** Whether a step may be sent as it is filled in. */
export function isReady({ words, takesRemedy }: StepForm, { text, hasPieces, isWhole, hasRemedy }: Filled): boolean {
  const isSaid = text.trim() !== '';
  const hasWords = words === 'needed' ? isSaid : words === 'words_or_pieces' ? isSaid || hasPieces : true;
  return isWhole && hasWords && (!takesRemedy || hasRemedy);
}

/** What a shop may offer: nothing goes back that never came, or that went back once. */
export function offers({ reason, returning }: Pick<DisputeView, 'reason' | 'returning'>): Kind[] {
  const goesBack = reason !== 'not_received' && returning?.contested !== true;
  return goesBack ? ['partial', 'return', 'full'] : ['partial', 'full'];
}
