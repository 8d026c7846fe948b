import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { inRepository } from '../../../src/commands/repository.ts';
import { fixtureBrowser, locationOf } from '../../unit/sandbox/tenant/fixture-browser.ts';
import { mint, redemption } from '../../unit/sandbox/tenant/fixture-delegation.ts';
import { CUSTOMERS_ORIGIN, sam } from '../../unit/sandbox/tenant/fixture-seed.ts';
import { fixtureTenant } from '../../unit/sandbox/tenant/fixture-tenant.ts';

const code = readFileSync(inRepository('dist/actions/post-login.js'), 'utf8');
const SECRETS = {
  REQUESTING_CLIENT_ID: 'backend',
  EXTENSION_CLIENT_ID: 'extension',
  AGENT_ROLES: 'Support Agent',
  PROTECTED_ROLES: 'Administrator',
  CUSTOMER_CONNECTIONS: 'customers,acme-sso',
};

/** Acts as Nora in Shop, then opens Desk in the same browser; gives what Desk is answered. */
const openDeskFromShop = async (alsoOpens: string | undefined, reach: 'app' | 'suite') => {
  const tenant = fixtureTenant({
    choices: { delegatedSessionReach: reach },
    change: (seed) => {
      const desk = seed.clients.find(({ client_id }) => client_id === 'desk');
      if (desk) {
        desk.organization_usage = 'allow';
      }
    },
    postLogin: { code, secrets: { ...SECRETS, ...(alsoOpens && { ALSO_OPENS: alsoOpens }) } },
  });
  const actor = { sub: sam.user_id, app: 'shop', launch: 'l-1', mode: 'full', grant: 'm=120' };
  const browser = fixtureBrowser(tenant);
  const token = await mint(tenant, { actor });
  const shop = locationOf(await browser.authorize(CUSTOMERS_ORIGIN, redemption('shop', token)));
  expect(shop.searchParams.has('code')).toBe(true);
  const silently = redemption('desk', undefined, { organization: undefined, prompt: 'none' });
  const desk = locationOf(await browser.authorize(CUSTOMERS_ORIGIN, silently));
  return (
    desk.searchParams.get('error') ?? (desk.searchParams.has('code') ? 'signed on' : 'nothing')
  );
};

it.each([
  ['is signed on where the app is declared', '{"shop":["desk"]}', 'suite', 'signed on'],
  ['is denied where no app is declared', undefined, 'suite', 'access_denied'],
  [
    'is denied where only the other way round is declared',
    '{"desk":["shop"]}',
    'suite',
    'access_denied',
  ],
  [
    'is not signed on where the tenant does not share delegated sessions',
    '{"shop":["desk"]}',
    'app',
    'login_required',
  ],
  [
    'is not signed on where neither tenant nor declaration allows it',
    undefined,
    'app',
    'login_required',
  ],
] as const)('a further app in a delegated session %s', async (_name, alsoOpens, reach, outcome) => {
  expect(await openDeskFromShop(alsoOpens, reach)).toBe(outcome);
});
