import { type RedemptionCheck, unusableToken } from './redemption-check.ts';
import { singleSignOnWarnings } from './single-sign-on-warnings.ts';

/** A delegation redeems only from the address that it was asked for; this cannot be turned off. */
export const sameIp: RedemptionCheck = ({ context, token, caller }) =>
  token.ip === caller.ip
    ? undefined
    : unusableToken(
        context,
        'session-transfer-ip-mismatch',
        'The session transfer token is bound to another IP address.',
        singleSignOnWarnings.deviceBinding,
      );
