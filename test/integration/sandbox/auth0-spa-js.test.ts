import { createHash, randomBytes } from 'node:crypto';
import { type Browser, chromium, type Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FixtureSandbox, startFixtureSandbox } from './fixture-sandbox.ts';
import { httpBrowser } from './http-browser.ts';

let sandbox: FixtureSandbox;
let browser: Browser;

beforeAll(async () => {
  sandbox = await startFixtureSandbox();
  browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-quic',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
});

afterAll(async () => {
  await browser?.close();
  await sandbox?.close();
});

/** The agent's ID token, by the extension's code flow. */
const agentIdToken = async (): Promise<string> => {
  const { origins, clients, seeded } = sandbox;
  const verifier = randomBytes(32).toString('base64url');
  const redirectUri = clients.extension.callbacks[0] ?? '';
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: clients.extension.client_id,
    redirect_uri: redirectUri,
    scope: 'openid',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  const agent = httpBrowser();
  const page = await agent.visit(`${origins.agents}/authorize?${query}`);
  const state = page.body.match(/name="state" value="([^"]+)"/)?.[1] ?? '';
  const posted = await agent.post(new URL('/u/login', page.url), {
    state,
    username: seeded.staff.agent.email,
    password: seeded.passwords.agent,
  });
  const code = new URL(posted.headers.get('location') ?? '').searchParams.get('code') ?? '';
  const tokens = (await (
    await fetch(`${origins.agents}/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        client_id: clients.extension.client_id,
        code,
        redirect_uri: redirectUri,
        code_verifier: verifier,
      }),
    })
  ).json()) as { id_token: string };
  return tokens.id_token;
};

/** A session transfer token for a customer, to be redeemed from this machine. */
const mintFor = async (email: string): Promise<string> => {
  const { origins, clients, seeded } = sandbox;
  const customer = seeded.seed.users.find((user) => user.email === email);
  const identity = customer?.identities[0];
  const response = await fetch(`${origins.agents}/oauth/token`, {
    method: 'POST',
    headers: { 'auth0-forwarded-for': '127.0.0.1' },
    body: new URLSearchParams({
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      client_id: clients.requesting.client_id,
      client_secret: clients.requesting.client_secret ?? '',
      audience: 'urn:agents.localhost:session_transfer',
      subject_token: JSON.stringify({
        connection: identity?.connection,
        user_id: identity?.user_id,
        actor: { sub: seeded.staff.agent.user_id, launch: 'l-1' },
      }),
      subject_token_type: 'urn:understudy:customer',
      actor_token: await agentIdToken(),
      actor_token_type: 'urn:ietf:params:oauth:token-type:id_token',
    }),
  });
  const answer = (await response.json()) as { access_token: string };
  return answer.access_token;
};

const open = async (email: string, organization: string | undefined): Promise<Page> => {
  const page = await (await browser.newContext()).newPage();
  const url = new URL('/login', sandbox.origins.desk);
  url.searchParams.set('session_transfer_token', await mintFor(email));
  if (organization) {
    url.searchParams.set('organization', organization);
  }
  await page.goto(url.href);
  return page;
};

const organizationId = (name: string): string =>
  sandbox.seeded.organizations.find((organization) => organization.name === name)?.id ?? '';

test('auth0-spa-js redeems a delegation with its organization and shows the actor', async () => {
  const nordwind = organizationId('nordwind');
  const page = await open('nora.lindqvist@mail.example', nordwind);
  await page.getByTestId('act').waitFor();
  expect(new URL(page.url()).pathname).toBe('/');
  expect(await page.getByTestId('user-name').textContent()).toBe('Nora Lindqvist');
  expect(await page.getByTestId('organization').textContent()).toBe(nordwind);
  expect(JSON.parse((await page.getByTestId('act').textContent()) ?? '')).toEqual({
    sub: sandbox.seeded.staff.agent.user_id,
    launch: 'l-1',
  });

  await page.reload();
  await page.getByTestId('act').waitFor();

  await page.getByRole('link', { name: 'Sign out' }).click();
  await page.getByTestId('signed-out').waitFor();
  const silent = new URLSearchParams({
    response_type: 'code',
    client_id: sandbox.clients.desk.client_id,
    redirect_uri: sandbox.clients.desk.callbacks[0] ?? '',
    organization: nordwind,
    prompt: 'none',
    code_challenge: 'a'.repeat(43),
    code_challenge_method: 'S256',
  });
  await page.goto(`${sandbox.origins.customers}/authorize?${silent}`);
  expect(page.url()).toContain('error=login_required');
});

test('a name made of HTML stays a name', async () => {
  const nordwind = sandbox.tenant.context.directory.organization('nordwind');
  const dangerous = sandbox.seeded.seed.users.find(
    (user) => user.email === 'html-image@names.example',
  );
  nordwind?.members.push(dangerous?.user_id ?? '');
  const page = await open('html-image@names.example', nordwind?.id);
  const dialogs: string[] = [];
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  await page.getByTestId('act').waitFor();
  expect(await page.getByTestId('user-name').textContent()).toBe('<img src=x onerror=alert(1)>');
  expect(await page.locator('main img').count()).toBe(0);
  expect(dialogs).toEqual([]);
});

test('without the organization it says that one is required', async () => {
  const page = await open('nora.lindqvist@mail.example', undefined);
  await page.getByTestId('failed').waitFor();
  expect(await page.getByTestId('error').textContent()).toBe('invalid_request');
  expect(await page.getByTestId('failed').textContent()).toContain(
    'parameter organization is required for this client',
  );
});

test('a customer signs in with email and password on their organization’s Desk', async () => {
  const { demoCustomer, seed } = sandbox.seeded;
  const page = await (await browser.newContext()).newPage();
  await page.goto(sandbox.origins.desk);
  await page.getByLabel('Organization').fill('nordwind');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.locator('[name=username]').fill(demoCustomer.email);
  await page.locator('[name=password]').fill(seed.passwords[demoCustomer.user_id] ?? '');
  await page.getByRole('button', { name: 'Continue' }).click();
  // The SDK compares the name that it asked for with org_name, which the tenant must then send.
  await page.getByTestId('user').waitFor();
  expect(await page.getByTestId('act').count()).toBe(0);
});
