import { describe, expect, it } from 'vitest';
import { atExchange, atRedemption } from './delegated-logins.ts';
import { ACTOR, runPostLogin as run } from './post-login-fixture.ts';

describe('redemption', () => {
  const WRONG_APP = ['deny', 'This launch is for another app.'];
  const WRONG_ORGANIZATION = ['deny', 'This launch is for another organization.'];

  it('is denied in another app', async () => {
    expect(await run({ ...atRedemption, client: { client_id: 'desk' } })).toEqual([WRONG_APP]);
  });

  it('is denied in the requesting application', async () => {
    const client = { client_id: 'requesting-client' };
    expect(await run({ ...atRedemption, client })).toEqual([WRONG_APP]);
  });

  it('passes in an app that the launch’s app also opens', async () => {
    const secrets = { ALSO_OPENS: '{"shop":["desk","billing"]}' };
    expect(await run({ ...atRedemption, client: { client_id: 'desk' }, secrets })).toEqual([]);
  });

  it('is denied in an app that opens the launch’s app, and not the other way round', async () => {
    const secrets = { ALSO_OPENS: '{"desk":["shop"]}' };
    expect(await run({ ...atRedemption, client: { client_id: 'desk' }, secrets })).toEqual([
      WRONG_APP,
    ]);
  });

  it('is denied for a launch of an app named like a property of every object', async () => {
    const session = { actor: { ...ACTOR, app: 'constructor' } };
    const secrets = { ALSO_OPENS: '{"shop":["desk"]}' };
    expect(await run({ ...atRedemption, session, secrets })).toEqual([WRONG_APP]);
  });

  it('is denied in another organization, also in an app that is also opened', async () => {
    const session = { actor: { ...ACTOR, org: 'org_1' } };
    const organization = { id: 'org_2' };
    const secrets = { ALSO_OPENS: '{"shop":["desk"]}' };
    const client = { client_id: 'desk' };
    expect(await run({ session, organization, client, secrets })).toEqual([WRONG_ORGANIZATION]);
  });

  it('is denied without the organization', async () => {
    expect(await run({ session: { actor: { ...ACTOR, org: 'org_1' } } })).toEqual([
      WRONG_ORGANIZATION,
    ]);
  });

  it('is denied in an organization that the launch does not name', async () => {
    expect(await run({ ...atRedemption, organization: { id: 'org_1' } })).toEqual([
      WRONG_ORGANIZATION,
    ]);
  });

  it('passes in the organization of the launch', async () => {
    const session = { actor: { ...ACTOR, org: 'org_1' } };
    expect(await run({ session, organization: { id: 'org_1' } })).toEqual([]);
  });
});

describe('the session of a launch', () => {
  it('is neither written to nor shortened unless a secret says that the plan can', async () => {
    expect(await run(atRedemption)).toEqual([]);
  });

  it('gets the launch into its metadata where the secret SESSION_METADATA is on', async () => {
    expect(await run({ ...atRedemption, secrets: { SESSION_METADATA: 'on' } })).toEqual([
      ['metadata', 'understudy_launch', 'l-1'],
    ]);
  });

  it('ends after the granted minutes where the secret SESSION_EXPIRY is on', async () => {
    const before = Date.now();
    const [[name, at] = []] = await run({ ...atRedemption, secrets: { SESSION_EXPIRY: 'on' } });
    expect(name).toBe('expiry');
    expect(Number(at) - before - 7_200_000).toBeGreaterThanOrEqual(0);
    expect(Number(at) - Date.now() - 7_200_000).toBeLessThanOrEqual(0);
  });

  it('ends after the granted minutes, whatever follows them in the grant', async () => {
    const session = { actor: { ...ACTOR, grant: 'm=30;by=auth0|boss' } };
    const secrets = { SESSION_EXPIRY: 'on' };
    const before = Date.now();
    const [[, at] = []] = await run({ ...atRedemption, session, secrets });
    expect(Number(at) - before).toBeGreaterThanOrEqual(1_800_000);
    expect(Number(at) - Date.now()).toBeLessThanOrEqual(1_800_000);
  });

  it.each(['', 'm=0', 'm=1e9', 'by=auth0|boss', undefined])(
    'is denied where it is to be shortened and the grant reads %j',
    async (grant) => {
      const session = { actor: { ...ACTOR, grant } };
      const secrets = { SESSION_EXPIRY: 'on', SESSION_METADATA: 'on' };
      expect(await run({ ...atRedemption, session, secrets })).toEqual([
        ['deny', 'The Action failed.'],
      ]);
    },
  );

  it('is not extended when it signs on silently later', async () => {
    const secrets = { SESSION_EXPIRY: 'on', SESSION_METADATA: 'on' };
    expect(await run({ session: { actor: ACTOR }, secrets })).toEqual([]);
  });

  it('does not exist yet at the exchange', async () => {
    const secrets = { SESSION_EXPIRY: 'on', SESSION_METADATA: 'on' };
    expect(await run({ ...atExchange, secrets })).toEqual([]);
  });
});
