import { singleSignOnWarnings } from '../redemption/single-sign-on-warnings.ts';
import type { NativeToWebCheck } from './native-to-web-check.ts';

/**
 * With binding `ip`, the default, the address is the one that the token was asked for. Every local
 * address is of one autonomous system, so `asn` never differs here.
 *
 * @see Auth0, `enforce_device_binding`
 */
export const sameDevice: NativeToWebCheck = ({ request, token, caller }) =>
  (request.client.session_transfer?.enforce_device_binding ?? 'ip') !== 'ip' ||
  token.ip === caller.ip
    ? undefined
    : singleSignOnWarnings.deviceBinding;
