import { afterEach, expect, test, vi } from 'vitest';
import { registerRedirectWorker } from '../../../../../src/extension/browser/tabs/redirect-worker.ts';

afterEach(() => vi.unstubAllGlobals());

/** A view's page; gives what it registers. */
const page = (background: object, allowed: readonly string[]) => {
  const register = vi.fn(async () => undefined);
  vi.stubGlobal('navigator', { serviceWorker: { register } });
  vi.stubGlobal('chrome', {
    runtime: { getManifest: () => ({ background }) },
    permissions: {
      contains: async ({ permissions }: { permissions: readonly string[] }) =>
        permissions.every((permission) => allowed.includes(permission)),
    },
  });
  return register;
};

test('the redirect’s worker is registered for the addresses of launches alone', async () => {
  const register = page({ service_worker: 'worker.js' }, ['history']);
  await registerRedirectWorker();
  expect(register.mock.calls).toEqual([['/redirect-worker.js', { scope: '/launch/' }]]);
});

test('no further worker is registered without access to the history', async () => {
  const register = page({ service_worker: 'worker.js' }, ['cookies']);
  await registerRedirectWorker();
  expect(register).not.toHaveBeenCalled();
});

test('no further worker is registered where the extension’s own one is a page', async () => {
  const register = page({ scripts: ['worker.js'] }, ['history']);
  await registerRedirectWorker();
  expect(register).not.toHaveBeenCalled();
});
