import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runCommand, setupFlags, startBackend } from '../../integration/setup/commands.ts';
import { launchIn } from '../../integration/setup/launch-in-company.ts';
import { type Company, startCompany } from '../../integration/setup/running-company.ts';
import { sam } from '../../unit/setup/company-seed.ts';

let company: Company;
let stopBackend: () => Promise<void>;
beforeEach(async () => {
  company = await startCompany();
  const flags = [...setupFlags(company), '--first-agent', sam.user_id, '--yes'];
  await runCommand(company, 'setup', flags);
  stopBackend = await startBackend(company);
});
afterEach(async () => {
  await stopBackend();
  await company.close();
});

const secretsFile = (): string => join(company.folder, 'understudy.secrets.env');
const secrets = () => parseEnv(readFileSync(secretsFile(), 'utf8'));
const restartBackend = async (): Promise<void> => {
  await stopBackend();
  stopBackend = await startBackend(company);
};
const publishedKids = async (): Promise<readonly string[]> => {
  const response = await fetch(`http://127.0.0.1:${company.backendPort}/.well-known/jwks.json`, {
    headers: { host: new URL(company.origins.backend).host },
  });
  const { keys } = (await response.json()) as { keys: readonly { kid: string }[] };
  return keys.map(({ kid }) => kid);
};
/** Which key signs, by the secrets file that the backend was started with. */
const kidOf = (name: string): string => JSON.parse(secrets()[name] ?? '{}').kid;
const launchLands = async (): Promise<boolean> =>
  (await launchIn(company)).text.includes('Nora Lindqvist');

it('the signing key is replaced without a launch that fails, and both keys are published meanwhile', async () => {
  const setup = (flag: string) =>
    runCommand(company, 'setup', ['--folder', company.folder, '--yes', flag]);
  const old = kidOf('UNDERSTUDY_SIGNING_KEY');
  expect(await launchLands()).toBe(true);

  const begun = await setup('--rotate-key');
  expect(begun.code, begun.output).toBe(0);
  // The backend that was not restarted yet signs with the old key.
  expect(await launchLands()).toBe(true);
  expect(await publishedKids()).toEqual([old]);

  await restartBackend();
  const fresh = kidOf('UNDERSTUDY_SIGNING_KEY');
  expect(fresh).not.toBe(old);
  expect(await publishedKids()).toEqual([fresh, old]);
  expect(await launchLands()).toBe(true);

  const finished = await setup('--finish-rotation');
  expect(finished.code, finished.output).toBe(0);
  await restartBackend();
  expect(await publishedKids()).toEqual([fresh]);
  expect(await launchLands()).toBe(true);
}, 300_000);

it('the requesting client’s secret is replaced without a launch that fails', async () => {
  const requesting = company.data.clients.find(
    ({ client_secret }) => client_secret === secrets()['UNDERSTUDY_CLIENT_SECRET'],
  );
  const next = randomBytes(48).toString('base64url');
  const before = readFileSync(secretsFile(), 'utf8');

  writeFileSync(secretsFile(), `${before}UNDERSTUDY_NEXT_CLIENT_SECRET='${next}'\n`);
  await restartBackend();
  expect(await launchLands()).toBe(true);

  // What an operator does with the Management API, while the backend runs.
  Object.assign(requesting ?? {}, { client_secret: next });
  expect(await launchLands()).toBe(true);

  writeFileSync(
    secretsFile(),
    before.replace(/^UNDERSTUDY_CLIENT_SECRET=.*$/m, `UNDERSTUDY_CLIENT_SECRET='${next}'`),
  );
  await restartBackend();
  expect(await launchLands()).toBe(true);
}, 300_000);
