import { type ChildProcess, spawn } from 'node:child_process';
import { decodeJwt } from 'jose';
import { expect, it, onTestFinished } from 'vitest';
import { inRepository } from '../../../src/commands/repository.ts';
import { freePorts } from '../../../src/sandbox/free-ports.ts';
import { httpBrowser } from '../../integration/sandbox/http-browser.ts';
import { nora, passwords, sam } from '../../unit/setup/company-seed.ts';
import { AGENTS, CUSTOMERS, SHOP_ORIGIN, startNamedTenant } from './named-tenant.ts';

const startConsole = async (
  sdk: string,
  port: number,
  tenant: { readonly caFile: string; readonly proxyOrigin: string },
): Promise<ChildProcess> => {
  const child = spawn(process.execPath, [inRepository('test/long/sdk/initiators', `${sdk}.ts`)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      NODE_EXTRA_CA_CERTS: tenant.caFile,
      NODE_USE_ENV_PROXY: '1',
      HTTPS_PROXY: tenant.proxyOrigin,
      TENANT_DOMAIN: AGENTS,
      CLIENT_ID: 'console',
      CLIENT_SECRET: 'console-secret',
      PORT: String(port),
      TARGET_LOGIN_URL: `${SHOP_ORIGIN}/login`,
    },
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout?.once('data', () => resolve());
    child.once('exit', (code) => reject(new Error(`The console ended with ${code}.`)));
  });
  return child;
};

it.each(['nextjs-auth0', 'auth0-server-js', 'express-openid-connect'])(
  'a support console on %s, unmodified, acts as a customer in a tenant that is not on localhost',
  async (sdk) => {
    const [port = 0] = await freePorts(1);
    const tenant = await startNamedTenant(port);
    onTestFinished(tenant.close);
    const child = await startConsole(sdk, port, tenant);
    onTestFinished(() => {
      child.kill('SIGTERM');
    });

    const browser = httpBrowser(tenant.fetch);
    const page = await browser.visit(`http://localhost:${port}/login`);
    expect(page.url.origin).toBe(`https://${AGENTS}`);
    const home = await browser.signIn(page, sam.email, passwords[sam.user_id] ?? '');
    expect(home.url.origin).toBe(`http://localhost:${port}`);
    expect((await browser.visit(`http://localhost:${port}/`)).body).toBe(sam.user_id);

    const order = JSON.stringify({
      connection: 'customers',
      user_id: nora.identities[0]?.user_id,
      actor: { sub: sam.user_id, reason: 'TCK-1234' },
    });
    const launched = await browser.open(
      `http://localhost:${port}/launch?order=${encodeURIComponent(order)}`,
    );
    const login = new URL(launched.headers.get('location') ?? 'about:blank');
    expect(`${login.origin}${login.pathname}`).toBe(`${SHOP_ORIGIN}/login`);
    const sessionTransferToken = login.searchParams.get('session_transfer_token') ?? '';
    expect(sessionTransferToken).not.toBe('');

    // The shop passes the token on; in its place the browser goes where the shop would send it.
    const authorize = new URL(`https://${CUSTOMERS}/authorize`);
    authorize.search = new URLSearchParams({
      client_id: 'shop',
      response_type: 'code',
      redirect_uri: `${SHOP_ORIGIN}/callback`,
      scope: 'openid profile email',
      session_transfer_token: sessionTransferToken,
    }).toString();
    const redeemed = await browser.open(authorize.href);
    const back = new URL(redeemed.headers.get('location') ?? 'about:blank');
    expect(back.searchParams.get('error_description') ?? '').toBe('');
    const answer = await tenant.fetch(`https://${CUSTOMERS}/oauth/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa('shop:secret-of-shop')}` },
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        code: back.searchParams.get('code') ?? '',
        redirect_uri: `${SHOP_ORIGIN}/callback`,
      }),
    });
    const { id_token } = (await answer.json()) as { id_token: string };
    expect(decodeJwt(id_token)).toMatchObject({
      sub: nora.user_id,
      iss: `https://${CUSTOMERS}/`,
      act: { sub: sam.user_id, reason: 'TCK-1234' },
    });
  },
);
