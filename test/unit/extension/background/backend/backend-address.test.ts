import { describe, expect, test } from 'vitest';
import { parseBackendAddress } from '../../../../../src/extension/background/backend/backend-address.ts';

describe('parseBackendAddress', () => {
  test.each([
    ['https://understudy.acme.example', 'https://understudy.acme.example'],
    ['  https://understudy.acme.example/some/path?x=1#y  ', 'https://understudy.acme.example'],
    ['understudy.acme.example', 'https://understudy.acme.example'],
    ['understudy.acme.example:8443', 'https://understudy.acme.example:8443'],
    ['HTTPS://Understudy.ACME.example:443/', 'https://understudy.acme.example'],
    ['http://localhost:3000', 'http://localhost:3000'],
    ['http://127.0.0.1:3000/', 'http://127.0.0.1:3000'],
    ['http://backend.localhost:3000', 'http://backend.localhost:3000'],
  ])('reads %s as the origin %s', (text, origin) => {
    expect(parseBackendAddress(text)).toEqual({ ok: true, value: origin });
  });

  test.each(['http://understudy.acme.example', 'http://localhost.evil.example', 'http://10.0.0.1'])(
    'refuses %s, which is not encrypted',
    (text) => {
      expect(parseBackendAddress(text)).toMatchObject({ problem: { code: 'address_insecure' } });
    },
  );

  test.each([
    '',
    '   ',
    'https://',
    'ftp://understudy.acme.example',
    'javascript://understudy.acme.example/%0aalert(1)',
    'https://user:secret@understudy.acme.example',
    'data://text',
  ])('refuses "%s", which is no address', (text) => {
    expect(parseBackendAddress(text)).toMatchObject({ problem: { code: 'address_invalid' } });
  });
});
