import { afterEach, beforeEach, it } from 'vitest';
import { expectLaunchAfterSetup } from './expect-launch.ts';
import { type Company, startCompany } from './running-company.ts';

let company: Company;
beforeEach(async () => {
  company = await startCompany();
});
afterEach(() => company.close());

it.each([
  ['a key for the Management API', ['--management-auth', 'private_key_jwt']],
  ['keys that the Action fetches', ['--subject-keys', 'address']],
])('npm run setup makes a tenant in which an agent’s launch lands, with %s', (_what, flags) =>
  expectLaunchAfterSetup(company, flags),
);
