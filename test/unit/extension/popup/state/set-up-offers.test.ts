import { describe, expect, test, vi } from 'vitest';
import { targetAppIdSchema } from '../../../../../src/contract/ids.ts';
import type { TargetApp } from '../../../../../src/contract/target-app.ts';
import { offersFor } from '../../../../../src/extension/popup/state/set-up-offers.ts';

const app = (name: string): TargetApp => ({
  id: targetAppIdSchema.parse(name),
  name,
  loginUrl: `https://${name}.example.com/login`,
  loginDomain: 'login.example.com',
  origins: [`https://${name}.example.com`],
  organizationUsage: 'deny',
  ways: ['delegation'],
});

/** A build that requires these permissions from the start. */
const buildRequiring = (...permissions: readonly string[]): void => {
  vi.stubGlobal('chrome', { runtime: { getManifest: () => ({ permissions }) } });
};

describe('the set-up screen', () => {
  test('names the exact origins of each access, each once', () => {
    buildRequiring('identity', 'storage');
    const offered = offersFor([app('shop'), app('desk')]).map(({ id, access }) => [id, access]);
    expect(offered).toEqual([
      [
        'sites',
        {
          origins: [
            'https://shop.example.com',
            'https://desk.example.com',
            'https://login.example.com',
          ],
        },
      ],
      ['cookies', { permissions: ['cookies'], origins: ['https://login.example.com'] }],
      ['history', { permissions: ['history'] }],
    ]);
  });

  test('does not offer what the browser’s build requires from the start', () => {
    buildRequiring('cookies');
    expect(offersFor([app('shop')]).map(({ id }) => id)).toEqual(['sites', 'history']);
  });

  test('offers nothing about sites to an agent without apps', () => {
    buildRequiring();
    expect(offersFor([]).map(({ id }) => id)).toEqual(['history']);
  });
});
