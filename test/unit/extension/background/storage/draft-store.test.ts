import { expect, test } from 'vitest';
import { customerIdSchema, targetAppIdSchema } from '../../../../../src/contract/ids.ts';
import { createDraftStore } from '../../../../../src/extension/background/storage/draft-store.ts';
import { memoryArea } from '../fakes.ts';

const MARA = customerIdSchema.parse('auth0|mara');
const UMA = customerIdSchema.parse('auth0|uma');
const [SHOP, DESK] = ['shop', 'desk'].map((id) => targetAppIdSchema.parse(id));
const DRAFT = { query: '', reason: 'Cannot see the invoice', ticket: '' };

const keptAfterLaunchOfMaraIntoShop = async (draft: object): Promise<unknown> => {
  const session = memoryArea();
  const drafts = createDraftStore(session);
  await drafts.save({ ...DRAFT, ...draft });
  await drafts.forgetOf({ customerId: MARA, targetAppId: SHOP });
  return session.get('draft');
};

test('what was typed for a launch is forgotten when it was made', async () => {
  expect(
    await keptAfterLaunchOfMaraIntoShop({ customerId: MARA, targetAppId: SHOP }),
  ).toBeUndefined();
});

test.each([
  ['another customer', { customerId: UMA, targetAppId: SHOP }],
  ['another app', { customerId: MARA, targetAppId: DESK }],
  ['a search', { query: 'uma' }],
])('what was typed since for %s stays', async (_what, draft) => {
  expect(await keptAfterLaunchOfMaraIntoShop(draft)).toEqual({ ...DRAFT, ...draft });
});
