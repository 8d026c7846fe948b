import { describe, expect, it } from 'vitest';
import { parseLoginUrl } from '../../../src/contract/login-url.ts';

const parse = (text: string, allowInsecureLocalhost = false) =>
  parseLoginUrl(text, {
    allowedOrigins: ['https://shop.example', 'http://localhost:3000', 'http://shop.localhost:4000'],
    allowInsecureLocalhost,
  })?.href;

describe('a login URL', () => {
  it.each([
    ['https://shop.example/login', 'https://shop.example/login'],
    ['https://shop.example/login?theme=dark', 'https://shop.example/login?theme=dark'],
    ['http://localhost:3000/login', 'http://localhost:3000/login'],
  ])('%s is accepted', (text, href) => {
    expect(parse(text)).toBe(href);
  });

  it.each([
    ['', 'blank'],
    ['/login', 'relative'],
    ['https://evil.example/login', 'of another origin'],
    ['https://shop.example.evil.example/login', 'of a look-alike origin'],
    ['https://shop.example:8443/login', 'on another port'],
    ['http://shop.example/login', 'on http'],
    ['javascript:alert(1)', 'a script'],
    ['https://shop.example/login#fragment', 'with a fragment'],
    ['https://shop.example/login#', 'with an empty fragment'],
    ['https://user:secret@shop.example/login', 'with credentials'],
    ['http://shop.localhost:4000/login', 'on http under .localhost'],
  ])('%s is refused, being %s', (text) => {
    expect(parse(text)).toBeUndefined();
  });

  it('on http under .localhost is accepted in development', () => {
    expect(parse('http://shop.localhost:4000/login', true)).toBe(
      'http://shop.localhost:4000/login',
    );
  });
});
