/** Why something that was asked of the server did not happen. Sentences for people are made upstairs. */
import type { ErrorCode } from './generated';

/** `offline`: whether it happened is not known. `invalid_answer`: what came back was not of this protocol. */
export type RefusalCode = ErrorCode | 'offline';

export interface RefusalParts {
  /** Refines the code: the sentence is `error.<code>.<reason>` where there is one. */
  reason?: string | undefined;
  retryable?: boolean | undefined;
  retryAfterMs?: number | undefined;
}

/** The one error that services and connection raise for what the other end, or the way to it, did. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly reason: string;
  readonly retryable: boolean;
  readonly retryAfterMs: number;

  constructor(code: RefusalCode, parts: RefusalParts = {}) {
    super(code);
    this.name = 'Refusal';
    this.code = code;
    this.reason = parts.reason ?? '';
    this.retryable = parts.retryable ?? code === 'offline';
    this.retryAfterMs = parts.retryAfterMs ?? 0;
  }
}

/** Any thrown thing as a Refusal; what is none of ours is an internal mistake. */
export function refusalOf(thrown: unknown): Refusal {
  return thrown instanceof Refusal ? thrown : new Refusal('internal');
}
