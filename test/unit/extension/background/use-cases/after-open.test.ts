import { expect, test } from 'vitest';
import { agentIdSchema } from '../../../../../src/contract/ids.ts';
import { createAfterOpen } from '../../../../../src/extension/background/use-cases/after-open.ts';
import { LAUNCH_ID, launchRecord } from '../launch-examples.ts';

test('a launch whose tab is open is remembered for the next one, and the panel is put away', async () => {
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
    drafts: { forget: note('forget draft') },
    lastLaunch: { remember: note('last launch') },
    menus: { update: note('menus') },
    closePanelWindow: note('close panel'),
  });
  await afterOpen(record, {
    id: LAUNCH_ID,
    customerId: record.customerId,
    targetAppId: record.targetAppId,
    openIn: 'new_tab',
  });
  expect(did).toEqual([
    'place shop new_tab',
    'forget draft',
    'last launch',
    'close panel',
    'recent auth0|agent auth0|mara shop',
    'menus',
  ]);
});
