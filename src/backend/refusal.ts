import type { ErrorCode } from '../contract/error-codes.ts';

/** An expected "no", for the agent to read. `detail` says what exactly was wrong, in one sentence. */
export type Refusal = {
  readonly refused: true;
  readonly code: ErrorCode;
  readonly detail: string;
};

export const refuse = (code: ErrorCode, detail: string): Refusal => ({
  refused: true,
  code,
  detail,
});

/** Narrows a result to its refusal. */
export const isRefusal = (value: unknown): value is Refusal =>
  typeof value === 'object' && value !== null && 'refused' in value;
