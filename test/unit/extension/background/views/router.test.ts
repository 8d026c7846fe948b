import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { createRouter, route } from '../../../../../src/extension/background/views/router.ts';
import { declareMessage } from '../../../../../src/extension/messages/wire/message-declaration.ts';
import { done } from '../../../../../src/extension/messages/wire/outcome.ts';

const OWN = { id: 'ours', baseUrl: 'chrome-extension://ours/' };
const POPUP = { id: 'ours', url: 'chrome-extension://ours/src/extension/popup/index.html' };

const routed = () => {
  const handled: unknown[] = [];
  const request = z.strictObject({ text: z.string() });
  const router = createRouter(
    [
      route(declareMessage('echo', 'extension_page', request, z.string()), async ({ text }) => {
        handled.push(text);
        return done(text);
      }),
      route(declareMessage('broken', 'extension_page', request, z.string()), () =>
        Promise.reject(new Error('https://x/?session_transfer_token=stt')),
      ),
      route(
        declareMessage('careless', 'extension_page', request, z.object({ name: z.string() })),
        async () => {
          const value = { name: 'Nora', sessionTransferToken: 'stt' };
          return done(value);
        },
      ),
      route(declareMessage('wrong', 'extension_page', request, z.string()), async () => {
        const value: string = JSON.parse('1');
        return done(value);
      }),
    ],
    OWN,
  );
  return { router, handled };
};
const echo = { name: 'echo', request: { text: 'hello' } };

describe('the router', () => {
  test('answers a page of this extension', async () => {
    const { router } = routed();
    expect(await router(echo, POPUP)).toEqual({ ok: true, value: 'hello' });
  });

  test.each([
    ['another extension', { id: 'theirs', url: 'chrome-extension://theirs/popup.html' }],
    ['another extension that borrows our URL', { id: 'theirs', url: POPUP.url }],
    ['a content script of ours in a web page', { id: 'ours', url: 'https://evil.example/' }],
    ['a page whose address begins like ours', { id: 'ours', url: 'chrome-extension://ours.evil/' }],
    ['nobody known', { id: undefined, url: undefined }],
    ['us without a URL', { id: 'ours', url: undefined }],
  ])('ignores %s', (_name, sender) => {
    const { router, handled } = routed();
    expect(router(echo, sender)).toBeUndefined();
    expect(handled).toEqual([]);
  });

  test.each([
    ['an unknown message', { name: 'other', request: {} }],
    ['an inherited name', { name: 'constructor', request: {} }],
    ['no request', { name: 'echo' }],
    ['a request of another shape', { name: 'echo', request: { text: 1 } }],
    ['a request with something more', { name: 'echo', request: { text: 'x', more: 1 } }],
    ['an envelope with something more', { ...echo, more: 1 }],
    ['text', 'echo'],
    ['nothing', null],
  ])('ignores %s', (_name, message) => {
    const { router, handled } = routed();
    expect(router(message, POPUP)).toBeUndefined();
    expect(handled).toEqual([]);
  });

  test('sends nothing that the message does not declare', async () => {
    const { router } = routed();
    expect(await router({ ...echo, name: 'careless' }, POPUP)).toEqual({
      ok: true,
      value: { name: 'Nora' },
    });
  });

  test('answers for a handler that gives something else than the message declares', async () => {
    const { router } = routed();
    expect(await router({ ...echo, name: 'wrong' }, POPUP)).toEqual({
      ok: false,
      problem: { source: 'extension', code: 'internal' },
    });
  });

  test('answers for a handler that breaks, without its reason', async () => {
    const { router } = routed();
    expect(await router({ ...echo, name: 'broken' }, POPUP)).toEqual({
      ok: false,
      problem: { source: 'extension', code: 'internal' },
    });
  });
});
