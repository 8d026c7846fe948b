import { expect, test } from 'vitest';
import { createCrm } from '../../../../src/sandbox/crm/crm.ts';

const crm = createCrm([
  {
    id: 'auth0|1',
    name: '<img src=x onerror=alert(1)>',
    email: 'a"b+c@names.example',
    connection: 'customers',
    organizations: ['Fjord <AB>'],
  },
]);

test('the table links to the record and its address, all escaped', async () => {
  const response = await crm.request('http://crm.localhost/customers');
  const page = await response.text();
  expect(page).toContain('href="/customers/auth0%7C1"');
  expect(page).toContain('href="mailto:a%22b+c@names.example"');
  expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;');
  expect(page).not.toContain('<img');
  expect(response.headers.get('referrer-policy')).toBe('no-referrer');
});

test('a record has a page of its own', async () => {
  const response = await crm.request('http://crm.localhost/customers/auth0%7C1');
  expect(response.status).toBe(200);
  expect(await response.text()).toContain('Fjord &lt;AB&gt;');
});

test('another id is not found', async () => {
  expect((await crm.request('http://crm.localhost/customers/nobody')).status).toBe(404);
});
