import type { TenantContext } from '../../context.ts';
import type { ExchangeCheck } from './exchange-check.ts';

const maximum = 10;
const forgivenEveryMilliseconds = 10 * 60 * 1000;

const pending = (context: TenantContext, ip: string): number[] => {
  const now = context.clock();
  const rejections = context.memory.rejectedSubjectTokens.get(ip) ?? [];
  const latest = rejections.at(-1);
  if (latest === undefined) return [];
  const forgiven = Math.floor((now - latest) / forgivenEveryMilliseconds);
  return rejections.slice(forgiven);
};

/** Remembers that an Action rejected a subject token that came from an IP. */
export const countRejectedSubjectToken = (context: TenantContext, ip: string): void => {
  context.memory.rejectedSubjectTokens.set(ip, [...pending(context, ip), context.clock()]);
};

/**
 * Ten rejected subject tokens lock an IP out; one more is let through every ten minutes.
 *
 * @see Auth0, "Suspicious IP Throttling", stage `pre-custom-token-exchange`
 */
export const ipNotThrottled: ExchangeCheck = ({ context, ip }) =>
  pending(context, ip).length >= maximum
    ? {
        error: 'too_many_attempts',
        description: 'Too many rejected subject tokens from this address.',
        status: 429,
      }
    : undefined;
