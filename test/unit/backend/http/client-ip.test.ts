import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { trustedProxyList } from '../../../../src/backend/config/config.ts';
import { clientIp, isPrivateAddress } from '../../../../src/backend/http/client-ip.ts';

const proxies = trustedProxyList(['10.0.0.0/8', '2001:db8::/32']);
const none = trustedProxyList([]);

describe("the agent's address", () => {
  it.each([
    ['is the connection’s own', '203.0.113.7', undefined, '203.0.113.7'],
    [
      'is not taken from the header of an unknown connection',
      '203.0.113.7',
      '198.51.100.1',
      '203.0.113.7',
    ],
    ['is what a configured proxy saw', '10.0.0.1', '198.51.100.1', '198.51.100.1'],
    [
      'is the rightmost that is no proxy',
      '10.0.0.1',
      '1.2.3.4, 198.51.100.1, 10.9.9.9',
      '198.51.100.1',
    ],
    [
      'is not what the client wrote before the proxy',
      '10.0.0.1',
      '127.0.0.1, 198.51.100.1',
      '198.51.100.1',
    ],
    ['is the proxy where it sent nothing', '10.0.0.1', undefined, '10.0.0.1'],
    ['is the last good one before a malformed entry', '10.0.0.1', '1.2.3.4, <script>', '10.0.0.1'],
    ['is found where a proxy appends the port', '10.0.0.1', '198.51.100.1:5555', '198.51.100.1'],
    ['is found in brackets with a port', '10.0.0.1', '[2a00::7]:443', '2a00::7'],
    ['has no zone', 'fe80::1%eth0', undefined, 'fe80::1'],
    ['is IPv6 behind an IPv6 proxy', '2001:db8::1', '2a00::7', '2a00::7'],
    ['is IPv4 when it arrives mapped', '::ffff:203.0.113.7', undefined, '203.0.113.7'],
    [
      'is found behind a proxy that arrives mapped',
      '::ffff:10.0.0.1',
      '198.51.100.1',
      '198.51.100.1',
    ],
  ])('%s', (_name, connection, header, expected) => {
    expect(clientIp(connection, header, proxies)).toBe(expected);
  });

  it('is never moved by a header when no proxy is configured', () => {
    fc.assert(
      fc.property(fc.string(), (header) => clientIp('203.0.113.7', header, none) === '203.0.113.7'),
    );
  });
});

describe('a private address', () => {
  it.each([
    '10.1.2.3',
    '127.0.0.1',
    '192.168.1.1',
    '172.16.0.1',
    '172.31.9.9',
    '100.64.0.1',
    '::1',
    'fd00::1',
    'fe80::1',
  ])('is %s', (address) => {
    expect(isPrivateAddress(address)).toBe(true);
  });

  it.each(['8.8.8.8', '172.32.0.1', '100.128.0.1', '2a00::1'])('is not %s', (address) => {
    expect(isPrivateAddress(address)).toBe(false);
  });
});
