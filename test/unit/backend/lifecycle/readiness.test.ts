import { expect, it } from 'vitest';
import { createReadiness } from '../../../../src/backend/lifecycle/readiness.ts';
import { createShutdown } from '../../../../src/backend/lifecycle/shutdown.ts';
import { LedgerUnavailableError } from '../../../../src/backend/ports/ledger.ts';

const writable = { assertWritable: async () => undefined };
const verified = { isDone: () => true };
const unverified = { isDone: () => false };
const unwritable = {
  assertWritable: () => Promise.reject(new LedgerUnavailableError('disk gone')),
};

it('a backend whose ledger can be written is ready', async () => {
  expect(await createReadiness(createShutdown(), writable, verified)()).toBe('ready');
});

it('a backend whose ledger cannot be written is not ready', async () => {
  expect(await createReadiness(createShutdown(), unwritable, verified)()).toBe(
    'ledger_unavailable',
  );
});

it('a backend that the tenant has not verified is not ready', async () => {
  const readiness = createReadiness(createShutdown(), writable, unverified);
  expect(await readiness()).toBe('tenant_unverified');
});

it('a backend that was told to stop is not ready, whatever its ledger', async () => {
  const shutdown = createShutdown();
  shutdown.begin();
  expect(await createReadiness(shutdown, unwritable, unverified)()).toBe('shutting_down');
});
