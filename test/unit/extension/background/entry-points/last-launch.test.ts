import { expect, test } from 'vitest';
import {
  customerIdSchema,
  launchIdSchema,
  organizationIdSchema,
  targetAppIdSchema,
} from '../../../../../src/contract/ids.ts';
import { createLastLaunch } from '../../../../../src/extension/background/entry-points/last-launch.ts';
import { memoryArea } from '../fakes.ts';

const PAIR = {
  customerId: customerIdSchema.parse('auth0|nora'),
  targetAppId: targetAppIdSchema.parse('shop'),
};

test('the last launch fills everything in again but its id', async () => {
  const last = createLastLaunch(memoryArea(), async () => undefined);
  await last.remember({
    ...PAIR,
    id: launchIdSchema.parse('11111111-1111-4111-8111-111111111111'),
    organizationId: organizationIdSchema.parse('org_1'),
    reason: 'Cannot see the invoice',
    ticket: 'SUP-1',
    openIn: 'new_tab',
  });
  expect(await last.read()).toEqual({
    customerId: 'auth0|nora',
    targetAppId: 'shop',
    organizationId: 'org_1',
    query: '',
    reason: 'Cannot see the invoice',
    ticket: 'SUP-1',
  });
});

test('after a browser restart the newest pair has to do, without a reason', async () => {
  const last = createLastLaunch(memoryArea(), async () => PAIR);
  expect(await last.read()).toEqual({ ...PAIR, query: '', reason: '', ticket: '' });
});

test('there is none before the first', async () => {
  expect(await createLastLaunch(memoryArea(), async () => undefined).read()).toBeUndefined();
});
