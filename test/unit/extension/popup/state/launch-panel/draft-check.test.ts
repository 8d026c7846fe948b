import { describe, expect, test } from 'vitest';
import { organizationSchema } from '../../../../../../src/contract/customer.ts';
import { customerIdSchema, targetAppIdSchema } from '../../../../../../src/contract/ids.ts';
import type { TargetApp } from '../../../../../../src/contract/target-app.ts';
import { checkDraft } from '../../../../../../src/extension/popup/state/launch-panel/draft-check.ts';
import {
  preselectApp,
  preselectOrganization,
} from '../../../../../../src/extension/popup/state/launch-panel/preselection.ts';

const app = (
  id: string,
  organizationUsage: TargetApp['organizationUsage'] = 'deny',
): TargetApp => ({
  id: targetAppIdSchema.parse(id),
  name: id,
  loginUrl: `https://${id}.example.com/login`,
  loginDomain: 'login.example.com',
  origins: [],
  organizationUsage,
  ways: ['delegation'],
});
const organization = (id: string) => organizationSchema.parse({ id, name: id, displayName: id });
const draft = (reason: string, ticket: string) => ({ query: '', reason, ticket });
const NONE = { reason: { required: false, minLength: 0 }, ticket: { required: false } };

describe('checkDraft', () => {
  test('wants nothing where policy wants nothing', () => {
    expect(checkDraft(draft('', ''), app('shop'), [], NONE)).toEqual({});
  });

  test('wants an app', () => {
    expect(checkDraft(draft('', ''), undefined, [], NONE)).toEqual({
      'target-app': { key: 'chooseApp', substitutions: [] },
    });
  });

  test.each([
    ['', 'reasonMissing'],
    ['   ', 'reasonMissing'],
    ['too few', 'reasonShort'],
    ['          .', 'reasonShort'],
  ])('does not take "%s" for a reason of ten characters', (reason, key) => {
    const requirements = { ...NONE, reason: { required: true, minLength: 10 } };
    expect(checkDraft(draft(reason, ''), app('shop'), [], requirements).reason?.key).toBe(key);
  });

  test.each([
    ['', undefined],
    ['12', 'ticketFormExample'],
    ['SUP-12', undefined],
    [' SUP-12 ', undefined],
  ])('with a pattern, and not required, the ticket "%s" lacks %s', (ticket, key) => {
    const requirements = { ...NONE, ticket: { required: false, pattern: '^SUP-\\d+$' } };
    expect(checkDraft(draft('', ticket), app('shop'), [], requirements).ticket?.key).toBe(key);
  });

  test('leaves a pattern that is none to the backend', () => {
    const requirements = { ...NONE, ticket: { required: true, pattern: '(' } };
    expect(checkDraft(draft('', 'x'), app('shop'), [], requirements)).toEqual({});
  });

  test.each([
    [['org_1'], 'chooseOrganization'],
    [[], 'organizationMissing'],
  ])('wants one of the organizations %j where the app does', (ids, key) => {
    const checked = checkDraft(draft('', ''), app('desk', 'require'), ids.map(organization), NONE);
    expect(checked.organization?.key).toBe(key);
  });
});

describe('what is chosen before the agent chooses', () => {
  const customer = {
    id: customerIdSchema.parse('auth0|mara'),
    name: 'Mara',
    email: '',
    emailVerified: false,
    connection: 'db',
    organizations: [organization('org_1')],
    targetAppIds: [app('desk').id, app('shop').id],
  };
  const apps = [app('billing'), app('shop'), app('desk')];

  test('is the app that was used last for this customer', () => {
    expect(preselectApp(apps, customer, undefined, [app('desk').id])).toBe('desk');
  });

  test('is the app chosen already rather than the remembered one', () => {
    expect(preselectApp(apps, customer, app('shop').id, [app('desk').id])).toBe('shop');
  });

  test('is the first app that the customer can reach', () => {
    expect(preselectApp(apps, customer, app('billing').id, [app('gone').id])).toBe('shop');
  });

  test('is no app when the customer can reach none', () => {
    expect(preselectApp([app('billing')], customer, undefined, [])).toBeUndefined();
  });

  test('is the only organization, where the app takes one', () => {
    expect(preselectOrganization(app('desk', 'require'), customer, undefined)).toBe('org_1');
    expect(preselectOrganization(app('desk', 'allow'), customer, undefined)).toBe('org_1');
    expect(preselectOrganization(app('shop', 'deny'), customer, undefined)).toBeUndefined();
  });

  test('is none of several organizations', () => {
    const member = { ...customer, organizations: ['org_1', 'org_2'].map(organization) };
    expect(preselectOrganization(app('desk', 'require'), member, undefined)).toBeUndefined();
  });

  test('is never somebody else’s organization', () => {
    const foreign = organization('org_9').id;
    expect(preselectOrganization(app('desk', 'require'), customer, foreign)).toBe('org_1');
  });
});
