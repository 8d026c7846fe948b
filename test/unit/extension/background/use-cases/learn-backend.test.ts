import { expect, test } from 'vitest';
import type { Backend } from '../../../../../src/extension/background/backend/backend-setting.ts';
import { createLearnBackend } from '../../../../../src/extension/background/use-cases/learn-backend.ts';
import { done, refused } from '../../../../../src/extension/messages/wire/outcome.ts';
import { extensionProblem } from '../../../../../src/extension/messages/wire/problem.ts';

const BACKEND: Backend = {
  origin: 'https://understudy.example.com',
  discovery: {
    issuer: 'https://login.example.com/',
    clientId: 'extension',
    audience: 'https://understudy.example.com',
    scope: 'openid',
    version: '1',
    features: [],
  },
};

const learn = async (isRemembered: boolean, isReachable: boolean) => {
  const did: string[] = [];
  await createLearnBackend({
    setting: {
      remembered: async () => (isRemembered ? BACKEND : undefined),
      current: async () => {
        did.push('asked the backend');
        return isReachable ? done(BACKEND) : refused(extensionProblem('offline'));
      },
    },
    changed: () => did.push('told the views'),
  })();
  return did;
};

test('a backend that a policy sets is asked how agents sign in there, before anybody does', async () => {
  expect(await learn(false, true)).toEqual(['asked the backend', 'told the views']);
});

test('a backend that is known is not asked at every start of the worker', async () => {
  expect(await learn(true, true)).toEqual([]);
});

test('a backend that does not answer changes nothing', async () => {
  expect(await learn(false, false)).toEqual(['asked the backend']);
});
