import type { LookWindow } from '../../ports/ledger.ts';

/** The longest that a session transfer token lives, in seconds, where the tenant did not say. */
export const TOKEN_MAX_SECONDS = 60;
/** A token request under way can still be answered for so long, in seconds. */
export const EXCHANGE_SECONDS = 10;

/**
 * How long a session of a token can appear, counted from now: the token's life, and then for as long as the
 * tenant's log may be late.
 */
export const lookWindow = (
  now: Date,
  tokenSeconds: number,
  lagMilliseconds: number,
): LookWindow => {
  const redeemableUntil = new Date(now.getTime() + tokenSeconds * 1000);
  return { redeemableUntil, lookDueUntil: new Date(redeemableUntil.getTime() + lagMilliseconds) };
};
