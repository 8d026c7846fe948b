import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { describe, expect, it } from 'vitest';
import { finishRotation, rotateKey } from '../../../src/setup/rotate-key.ts';
import { applySetup, exportSetup, planOnly, type Setup } from '../../../src/setup/run-setup.ts';
import { companyTenant } from './company-tenant.ts';

const ADDRESS = 'https://understudy.company.example/.well-known/jwks.json';

/** A company that lets the Action fetch the keys of launches from the backend. */
const companyWithAddress = async () => {
  const tenant = await companyTenant();
  const setup: Setup = {
    ...tenant.setup,
    answers: { ...tenant.setup.answers, subjectKeys: 'address' },
  };
  const actionSecrets = (): Record<string, string> =>
    Object.fromEntries(
      tenant.data.actions
        .filter(({ name }) => name === 'understudy-custom-token-exchange')
        .flatMap(({ secrets }) => secrets.map(({ name, value }) => [name, value])),
    );
  return {
    tenant,
    setup,
    actionSecrets,
    stored: () => parseEnv(readFileSync(setup.files.secrets, 'utf8')),
  };
};

describe('setup with keys at an address', () => {
  it('names the backend’s address in the Action, pins no key, and warns', async () => {
    const { setup, actionSecrets, tenant } = await companyWithAddress();
    await applySetup(setup);
    expect(actionSecrets()).toMatchObject({ SUBJECT_TOKEN_JWKS_URI: ADDRESS });
    expect(actionSecrets()).not.toHaveProperty('SUBJECT_TOKEN_JWKS');
    expect(tenant.said[0]).toMatch(/^! The Action fetches .* can sign launches/);
    expect(await planOnly(setup)).toBe(true);
  });

  it('says nothing and pins the key where nobody asked for an address', async () => {
    const { tenant, actionSecrets } = await companyWithAddress();
    await applySetup(tenant.setup);
    expect(actionSecrets()).not.toHaveProperty('SUBJECT_TOKEN_JWKS_URI');
    expect(tenant.said.join('\n')).not.toContain('can sign launches');
  });

  it('goes from one to the other, and leaves no secret of the first behind', async () => {
    const { setup, tenant, actionSecrets } = await companyWithAddress();
    await applySetup(tenant.setup);
    await applySetup(setup);
    expect(actionSecrets()).not.toHaveProperty('SUBJECT_TOKEN_JWKS');
    await applySetup(tenant.setup);
    expect(Object.keys(actionSecrets())).toContain('SUBJECT_TOKEN_JWKS');
    expect(actionSecrets()).not.toHaveProperty('SUBJECT_TOKEN_JWKS_URI');
  });

  it.each([
    ['deploy-cli', '2-actions.yaml'],
    ['terraform', 'main.tf'],
  ] as const)('writes the same for %s', async (tool, file) => {
    const { setup } = await companyWithAddress();
    await exportSetup(setup, tool);
    const text = readFileSync(join(setup.files.record, '..', tool, file), 'utf8');
    expect(text).toContain(ADDRESS);
    expect(text).not.toContain('"SUBJECT_TOKEN_JWKS"');
  });

  it('rotates the key in steps: every backend publishes the next one before any signs with it', async () => {
    const { setup, stored } = await companyWithAddress();
    await applySetup(setup);
    const old = stored()['UNDERSTUDY_SIGNING_KEY'];
    let waited = 0;
    const rotate = () =>
      rotateKey(
        {
          ...setup,
          delay: async () => {
            waited += 1;
          },
        },
        'signing',
      );
    await rotate();
    const next = stored()['UNDERSTUDY_NEXT_SIGNING_KEY'];
    expect([stored()['UNDERSTUDY_SIGNING_KEY'], waited]).toEqual([old, 0]);
    expect(next).not.toBe(old);
    await rotate();
    expect(waited).toBe(1);
    expect(stored()).toMatchObject({
      UNDERSTUDY_SIGNING_KEY: next,
      UNDERSTUDY_PREVIOUS_SIGNING_KEY: old,
    });
    await finishRotation(setup);
    expect(stored()['UNDERSTUDY_PREVIOUS_SIGNING_KEY']).toBeUndefined();
  });
});
