import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { finishRotation, rotateKey } from '../../../src/setup/rotate-key.ts';
import { applySetup } from '../../../src/setup/run-setup.ts';
import { secretsOf } from './company-outcome.ts';
import { type CompanyTenant, companyTenant } from './company-tenant.ts';

describe('the rotation of the signing key', () => {
  const keysIn = (tenant: CompanyTenant): readonly string[] =>
    JSON.parse(
      secretsOf(tenant, 'understudy-custom-token-exchange')['SUBJECT_TOKEN_JWKS'] ?? '',
    ).keys.map(({ kid }: { kid: string }) => kid);
  const signingKid = ({ setup }: CompanyTenant): string =>
    /UNDERSTUDY_SIGNING_KEY='.*?"kid":"([^"]+)"/.exec(
      readFileSync(setup.files.secrets, 'utf8'),
    )?.[1] ?? '';

  it('adds the new key, waits, signs with it, and then removes the old one', async () => {
    const tenant = await companyTenant();
    await applySetup(tenant.setup);
    const [old = ''] = keysIn(tenant);
    const acceptedAtTheSwitch: string[] = [];
    let signsDuringTheWait = '';
    const delay = async () => {
      signsDuringTheWait = signingKid(tenant);
      acceptedAtTheSwitch.push(...keysIn(tenant));
    };
    await rotateKey({ ...tenant.setup, delay }, 'signing');
    expect(signsDuringTheWait).toBe(old);
    const fresh = signingKid(tenant);
    expect(fresh).not.toBe(old);
    expect(acceptedAtTheSwitch).toEqual([old, fresh]);
    expect(keysIn(tenant).toSorted()).toEqual([old, fresh].toSorted());
    await finishRotation(tenant.setup);
    expect(keysIn(tenant)).toEqual([fresh]);
  });

  it('is not begun again before it is finished', async () => {
    const tenant = await companyTenant();
    await applySetup(tenant.setup);
    await rotateKey(tenant.setup, 'signing');
    const keys = keysIn(tenant);
    expect(await rotateKey(tenant.setup, 'signing')).toBe(false);
    expect(keysIn(tenant)).toEqual(keys);
  });
});
