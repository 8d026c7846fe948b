import type { ErrorCode } from '../contract/error-codes.ts';
import type { StepUp } from '../contract/grant.ts';

/** An expected "no", for the agent to read. `detail` says what exactly was wrong, in one sentence. */
export type Refusal = {
  readonly refused: true;
  readonly code: ErrorCode;
  readonly detail: string;
  /** The detail tells nothing of the customer, so that a preview may show it. */
  readonly isPublic?: true;
  /** The sign-in that would cure it. */
  readonly stepUp?: StepUp;
  /** The ids of the company's rules that decided, and the version of those rules. */
  readonly policies?: readonly string[];
  readonly policyHash?: string;
};

export const refuse = (code: ErrorCode, detail: string): Refusal => ({
  refused: true,
  code,
  detail,
});

/** Narrows a result to its refusal. */
export const isRefusal = (value: unknown): value is Refusal =>
  typeof value === 'object' && value !== null && 'refused' in value;
