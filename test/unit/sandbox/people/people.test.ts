import { expect, test } from 'vitest';
import { seedCustomers } from '../../../../src/sandbox/people/customers.ts';
import { seedOrganizations } from '../../../../src/sandbox/people/organizations.ts';

const seed = () => {
  const organizations = seedOrganizations();
  return { organizations, ...seedCustomers(organizations) };
};

test('the same people are seeded at every start', () => {
  expect(seed()).toEqual(seed());
});

test('there are at least 500 customers, each with an id and email of their own', () => {
  const { all } = seed();
  expect(all.length).toBe(552);
  expect(new Set(all.map((user) => user.user_id)).size).toBe(552);
  expect(new Set(all.map((user) => user.email)).size).toBe(551);
});

test('every connection has customers, with ids as Auth0 makes them', () => {
  const { all } = seed();
  const of = (connection: string) =>
    all.filter((user) => user.identities[0]?.connection === connection);
  for (const connection of ['customers', 'partners', 'acme-sso']) {
    expect(of(connection).length).toBeGreaterThan(40);
  }
  expect(of('customers').every((user) => /^auth0\|[0-9a-f]{24}$/.test(user.user_id))).toBe(true);
  expect(of('acme-sso').every((user) => user.user_id.startsWith('samlp|acme-sso|'))).toBe(true);
});

test('every organization has members, all of connections that it has enabled', () => {
  const { all, organizations } = seed();
  for (const organization of organizations) {
    expect(organization.members.length).toBeGreaterThan(10);
    for (const id of organization.members) {
      const user = all.find((candidate) => candidate.user_id === id);
      expect(organization.connections).toContain(user?.identities[0]?.connection);
    }
  }
});

test('Nora Lindqvist is plain: one organization, nothing protected, the only one of her name', () => {
  const { demo, organizations, all } = seed();
  expect(demo.app_metadata).toEqual({});
  expect(all.filter((user) => user.name.includes('Lindqvist'))).toHaveLength(1);
  expect(
    organizations
      .filter((organization) => organization.members.includes(demo.user_id))
      .map((organization) => organization.display_name),
  ).toEqual(['Nordwind Logistics']);
});

test('some customers are protected by metadata, some by role', () => {
  const { all, administrators } = seed();
  expect(
    all
      .filter((user) => user.app_metadata['understudy_protected'] === true)
      .map((user) => user.name),
  ).toEqual(['Greta Halvorsen', 'Judge Ana Belmonte']);
  expect(administrators.map((user) => user.name)).toEqual(['Marcus Oyelaran', 'Helena Voss']);
});

test('names break naive code in every way that we know', () => {
  const names = seed().all.map((user) => user.name);
  expect(names.filter((name) => name.length === 300)).toHaveLength(2);
  expect(names).toContain('<img src=x onerror=alert(1)>');
  expect(names.filter((name) => name === 'Jordan Ellis')).toHaveLength(3);
  for (const pattern of [
    /\p{Script=Hebrew}/u,
    /\u202E/,
    /\p{Emoji_Presentation}/u,
    /"/,
    /\u0300/,
    /\u200B/,
    /DROP TABLE/,
  ]) {
    expect(names.some((name) => pattern.test(name))).toBe(true);
  }
});
