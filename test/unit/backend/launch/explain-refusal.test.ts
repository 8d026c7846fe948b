import { describe, expect, it } from 'vitest';
import { explainRefusal } from '../../../../src/backend/launch/explain-refusal.ts';
import { refuse } from '../../../../src/backend/refusal.ts';
import { createFakeTenant } from '../fake-tenant.ts';
import { CUSTOMER } from '../fixtures.ts';
import { createLaunchFixture } from './launch-fixture.ts';

const REFUSED = refuse('exchange_refused', 'The tenant answered "invalid_request".');

const explain = (requestingConnections: () => Promise<string[]>, refusal = REFUSED) =>
  explainRefusal(
    createLaunchFixture({
      tenant: createFakeTenant({
        settings: { ...createFakeTenant().settings, requestingConnections },
      }),
    }).deps,
    'r-1',
    CUSTOMER,
    refusal,
  );

describe('an exchange that the tenant refused without naming the cause', () => {
  it('is told to come from the requesting application when that lacks the connection', async () => {
    expect(await explain(async () => ['partners'])).toMatchObject({
      code: 'exchange_refused',
      detail:
        'The customer\'s connection "customers" is not enabled on the requesting application. The platform team must enable it on the backend\'s client.',
    });
  });

  it('stays as it is when the connection is enabled', async () => {
    expect(await explain(async () => ['partners', 'customers'])).toBe(REFUSED);
  });

  it('stays as it is when the tenant cannot be asked', async () => {
    expect(await explain(() => Promise.reject(new Error('down')))).toBe(REFUSED);
  });

  it('is not asked about when the tenant named the cause', async () => {
    const named = refuse('customer_protected', 'The tenant refused the exchange with this code.');
    expect(await explain(async () => [], named)).toBe(named);
  });
});
