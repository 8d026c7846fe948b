import { type BlockList, isIP } from 'node:net';

/** The bare address of an entry: without port, brackets or zone, and IPv4 that arrived on an IPv6 socket as IPv4. */
const bareAddress = (entry: string): string => {
  const [, bracketed, withPort] = /^(?:\[([^\]]+)\](?::\d+)?|([\d.]+):\d+)$/.exec(entry) ?? [];
  const [address = ''] = (bracketed ?? withPort ?? entry).split('%');
  const plain = address.toLowerCase().startsWith('::ffff:') ? address.slice(7) : address;
  return isIP(plain) === 4 ? plain : address;
};

const isTrusted = (address: string, proxies: BlockList): boolean => {
  const version = isIP(address);
  return version !== 0 && proxies.check(address, version === 6 ? 'ipv6' : 'ipv4');
};

/**
 * Finds the address of the agent's browser: the connection's own, or, as long as that is a configured
 * proxy, the next one to the left in `X-Forwarded-For`. What a client wrote into the header itself is
 * never reached past an untrusted address. A malformed entry ends the walk at the proxy that sent it.
 */
export const clientIp = (
  connectionAddress: string,
  forwardedFor: string | undefined,
  proxies: BlockList,
): string => {
  let current = bareAddress(connectionAddress);
  const hops = (forwardedFor ?? '').split(',').map((hop) => bareAddress(hop.trim()));
  while (isTrusted(current, proxies)) {
    const next = hops.pop();
    if (next === undefined || isIP(next) === 0) {
      break;
    }
    current = next;
  }
  return current;
};

const PRIVATE_IPV4 =
  /^(10\.|127\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)/;
const PRIVATE_IPV6 = /^(::1$|f[cd]|fe[89ab])/i;

/**
 * Tells whether an address is private: the tenant will see another one, and refuse the token.
 * @see RFC 1918, RFC 6598, RFC 4193
 */
export const isPrivateAddress = (address: string): boolean =>
  PRIVATE_IPV4.test(address) || PRIVATE_IPV6.test(address);
