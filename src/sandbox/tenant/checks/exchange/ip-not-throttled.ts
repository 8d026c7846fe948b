import type { TenantContext } from '../../context.ts';
import type { ExchangeCheck } from './exchange-check.ts';

/** The stage of suspicious IP throttling that counts rejected subject tokens. */
const STAGE_NAME = 'pre-custom-token-exchange';

const pending = (context: TenantContext, ip: string, forgivenEvery: number): number[] => {
  const now = context.clock();
  const rejections = context.memory.rejectedSubjectTokens.get(ip) ?? [];
  const latest = rejections.at(-1);
  if (latest === undefined) {
    return [];
  }
  return rejections.slice(Math.floor((now - latest) / forgivenEvery));
};

const stageOf = ({ directory }: TenantContext) =>
  directory.data.suspiciousIpThrottling.stage[STAGE_NAME];

/** Remembers that an Action rejected a subject token that came from an IP. */
export const countRejectedSubjectToken = (context: TenantContext, ip: string): void => {
  const stage = stageOf(context);
  if (!stage) {
    return;
  }
  const { rejectedSubjectTokens } = context.memory;
  rejectedSubjectTokens.set(ip, [...pending(context, ip, stage.rate), context.clock()]);
};

/**
 * As many rejected subject tokens as the stage's `max_attempts`, by default ten, lock an IP out; one
 * more is let through every `rate` milliseconds, by default ten minutes.
 *
 * @see Auth0, "Suspicious IP Throttling", stage `pre-custom-token-exchange`
 */
export const ipNotThrottled: ExchangeCheck = ({ context, ip }) => {
  const { enabled, allowlist } = context.directory.data.suspiciousIpThrottling;
  const stage = stageOf(context);
  if (!enabled || !stage || allowlist.includes(ip)) {
    return undefined;
  }
  return pending(context, ip, stage.rate).length >= stage.max_attempts
    ? {
        error: 'too_many_attempts',
        description: 'Too many rejected subject tokens from this address.',
        status: 429,
      }
    : undefined;
};
