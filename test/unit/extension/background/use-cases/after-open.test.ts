import { expect, test } from 'vitest';
import { agentIdSchema } from '../../../../../src/contract/ids.ts';
import { createAfterOpen } from '../../../../../src/extension/background/use-cases/after-open.ts';
import { settled } from '../fakes.ts';
import { LAUNCH_ID, launchRecord } from '../launch-examples.ts';

test('the panel is put away when the tab is open, and the launch is remembered when the tab has loaded', async () => {
  const did: string[] = [];
  const note =
    (what: string) =>
    async (...values: readonly unknown[]) => {
      did.push([what, ...values.filter((value) => typeof value === 'string')].join(' '));
    };
  const record = launchRecord();
  const afterOpen = createAfterOpen({
    customers: {
      agentId: async () => agentIdSchema.parse('auth0|agent'),
      recents: { add: note('recent') },
    } as unknown as Parameters<typeof createAfterOpen>[0]['customers'],
    places: { remember: note('place') },
    drafts: { forgetOf: note('forget draft') },
    lastLaunch: { remember: note('last launch') },
    menus: { update: note('menus') },
    closePanelWindow: note('close panel'),
  });
  const loaded = Promise.withResolvers<void>();
  const request = {
    id: LAUNCH_ID,
    customerId: record.customerId,
    targetAppId: record.targetAppId,
    openIn: 'new_tab',
  } as const;
  const remembered = afterOpen(record, request, loaded.promise);
  await settled();
  expect(did).toEqual(['forget draft', 'close panel']);
  loaded.resolve();
  await remembered;
  expect(did.slice(2)).toEqual([
    'place shop new_tab',
    'last launch',
    'recent auth0|agent auth0|mara shop',
    'menus',
  ]);
});
