import { describe, expect, it, vi } from 'vitest';
import { policyConfigSchema } from '../../../../src/backend/config/policy-config.ts';
import { createMetrics } from '../../../../src/backend/http/metrics.ts';
import { keepCompanyPolicy } from '../../../../src/backend/lifecycle/company-policy.ts';
import { isRefusal } from '../../../../src/backend/refusal.ts';
import {
  PERMIT_ALL,
  policyFolder,
  SCHEMA,
  writePolicies,
} from '../adapters/cedar/policy-fixture.ts';
import { createFakeLedger } from '../fake-ledger.ts';

const REQUIRED = { reason: { required: false }, ticket: { required: false } };
const FORBID_ALL = '@id("closed") forbid (principal, action, resource);';

/** Replicas that share a ledger, each with a folder of its own. */
const createReplicas = () => {
  const { ledger } = createFakeLedger();
  return async (files: Readonly<Record<string, string>> | undefined, isShared = true) => {
    const folder = policyFolder({ 'schema.cedarschema': SCHEMA, ...files });
    const config = policyConfigSchema.parse({ ...REQUIRED, ...(files && { folder }) });
    const metrics = createMetrics();
    const log = { info: vi.fn(), warn: vi.fn(), error: vi.fn() };
    const kept = await keepCompanyPolicy(config, { metrics, ledger, isShared, log });
    kept.stop();
    return {
      ...kept,
      isBehind: () => isRefusal(kept.current()),
      inForce: ledger.policyInForce,
      alarm: async () => (await metrics.policyBehind.get()).values[0]?.value,
      change: (changed: Readonly<Record<string, string>>) => writePolicies(folder, changed),
    };
  };
};

describe('replicas with one ledger', () => {
  it('agree where their folders are equal', async () => {
    const start = createReplicas();
    const first = await start({ 'a.cedar': PERMIT_ALL });
    const second = await start({ 'a.cedar': PERMIT_ALL });
    expect([first.isBehind(), second.isBehind()]).toEqual([false, false]);
  });

  it('decide by the rules of the newest; one that has the old ones refuses, and alarms', async () => {
    const start = createReplicas();
    const old = await start({ 'a.cedar': PERMIT_ALL });
    const updated = await start({ 'a.cedar': PERMIT_ALL, 'b.cedar': FORBID_ALL });
    await old.look();
    expect([old.isBehind(), updated.isBehind()]).toEqual([true, false]);
    expect(await old.alarm()).toBe(1);
    old.change({ 'b.cedar': FORBID_ALL });
    await old.look();
    expect(old.isBehind()).toBe(false);
    expect(await old.alarm()).toBe(0);
  });

  it('are not taken back by one that starts with the old rules', async () => {
    const start = createReplicas();
    await start({ 'a.cedar': PERMIT_ALL });
    const updated = await start({ 'a.cedar': PERMIT_ALL, 'b.cedar': FORBID_ALL });
    const late = await start({ 'a.cedar': PERMIT_ALL });
    await updated.look();
    expect([updated.isBehind(), late.isBehind()]).toEqual([false, true]);
  });

  it('follow somebody who changes the rules while a replica runs', async () => {
    const start = createReplicas();
    const first = await start({ 'a.cedar': PERMIT_ALL });
    const second = await start({ 'a.cedar': PERMIT_ALL });
    first.change({ 'b.cedar': FORBID_ALL });
    await first.look();
    await second.look();
    expect([first.isBehind(), second.isBehind()]).toEqual([false, true]);
  });

  it('without a folder claim nothing, and are behind once another has one', async () => {
    const start = createReplicas();
    const bare = await start(undefined);
    expect(await bare.inForce()).toBeUndefined();
    expect(bare.isBehind()).toBe(false);
    await start({ 'a.cedar': PERMIT_ALL });
    await bare.look();
    expect(bare.isBehind()).toBe(true);
  });

  it('that is only one starts with whatever its folder has', async () => {
    const start = createReplicas();
    await start({ 'a.cedar': PERMIT_ALL }, false);
    await start({ 'a.cedar': FORBID_ALL.replace('forbid', 'permit') }, false);
    const again = await start({ 'a.cedar': PERMIT_ALL }, false);
    expect(again.isBehind()).toBe(false);
  });
});
