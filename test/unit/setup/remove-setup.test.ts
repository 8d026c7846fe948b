import { describe, expect, it } from 'vitest';
import { applySetup, removeSetup } from '../../../src/setup/run-setup.ts';
import { byName, readJson } from './company-outcome.ts';
import { type CompanyTenant, companyTenant } from './company-tenant.ts';

describe('the removal', () => {
  it('leaves the tenant as it was', async () => {
    const tenant = await companyTenant();
    const before = structuredClone(tenant.data);
    await applySetup(tenant.setup);
    await removeSetup(tenant.setup);
    const withoutBindingIds = ({ postLoginBindings, ...data }: CompanyTenant['data']) => ({
      ...data,
      bound: postLoginBindings.map(({ action_id, display_name }) => [action_id, display_name]),
    });
    expect(withoutBindingIds(tenant.data)).toEqual(withoutBindingIds(before));
    expect(readJson(tenant.setup.files.record).entries).toEqual([]);
  });

  it('leaves a setting of a target app that somebody changed since', async () => {
    const tenant = await companyTenant();
    await applySetup(tenant.setup);
    const shop = byName(tenant.data.clients, 'Shop');
    shop.session_transfer = { ...shop.session_transfer, allowed_authentication_methods: ['query'] };
    await removeSetup(tenant.setup);
    expect(shop.session_transfer).toEqual({
      allowed_authentication_methods: ['query'],
      enforce_device_binding: 'asn',
    });
  });

  it('passes over what somebody deleted before', async () => {
    const tenant = await companyTenant();
    await applySetup(tenant.setup);
    const { id } = byName(tenant.data.roles, 'Understudy Supervisor');
    await tenant.api.send({ method: 'DELETE', path: `/roles/${id}` });
    expect(await removeSetup(tenant.setup)).toBe(true);
  });

  it('does nothing when the operator declines', async () => {
    const tenant = await companyTenant();
    await applySetup(tenant.setup);
    tenant.changesSent();
    expect(await removeSetup({ ...tenant.setup, confirm: async () => false })).toBe(false);
    expect(tenant.changesSent()).toEqual([]);
  });
});
