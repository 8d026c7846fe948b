import { isIP } from 'node:net';

/**
 * Tells an address that means this link only, or a cloud's metadata service: no probe goes there.
 * @see RFC 3927 §2.1, RFC 4291 §2.5.6
 */
export const isLinkLocal = (address: string): boolean =>
  isIP(address) === 4
    ? address.startsWith('169.254.')
    : /^fe[89ab]|^::ffff:(?:169\.254\.|a9fe:)|^fd00:ec2:/i.test(address);
