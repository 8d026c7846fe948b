import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { workerEndpoints } from '../../worker-endpoints.ts';
import { signIn, type Tokens } from '../launch/agent-client.ts';
import { type BackendProcess, spawnBackend, untilReady } from './backend-process.ts';
import { type Call, randomCalls, sendCall, TRACE } from './random-calls.ts';

const endpoints = workerEndpoints();
const { accounts, targetApps } = endpoints;

let backend: BackendProcess;
let tokens: Tokens;
let traineeTokens: Tokens;
beforeAll(async () => {
  backend = await spawnBackend(endpoints, 'attacks');
  [tokens, traineeTokens] = await Promise.all([
    signIn(endpoints, accounts.agent),
    signIn(endpoints, accounts.trainee),
  ]);
  await untilReady(backend);
}, 120_000);
afterAll(async () => {
  backend.child.kill('SIGTERM');
  await backend.exited;
});

const send = (call: Call, token: string) => sendCall(backend.origin, call, token);

it('no request makes the backend fail or show a stack trace, whoever sends it', {
  timeout: 60_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      randomCalls(endpoints, tokens.idToken),
      fc.boolean(),
      async (call, byTrainee) => {
        const { status, text } = await send(call, (byTrainee ? traineeTokens : tokens).accessToken);
        expect({ call, status, isFailure: status >= 500 }).toMatchObject({ isFailure: false });
        expect(text).not.toMatch(TRACE);
      },
    ),
    { numRuns: 400, seed: 20_261_121 },
  );
  expect(backend.output()).not.toMatch(TRACE);
});

const encode = (part: unknown): string => Buffer.from(JSON.stringify(part)).toString('base64url');

it('no token that was stolen, swapped or made up is let in', async () => {
  const [header = '', payload = '', signature = ''] = tokens.accessToken.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
  const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString());
  const jwks = await fetch(`${endpoints.tenant.agents}/.well-known/jwks.json`).then((answer) =>
    answer.text(),
  );
  const hmac = (head: object, secret: string): string => {
    const signed = `${encode(head)}.${payload}`;
    return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
  };
  const attacks = {
    'the ID token in its place': tokens.idToken,
    'the refresh token in its place': tokens.refreshToken,
    'no signature': `${header}.${payload}.`,
    'the algorithm "none"': `${encode({ alg: 'none', typ: 'JWT', kid })}.${payload}.`,
    'the public key as a secret': hmac({ alg: 'HS256', typ: 'JWT', kid }, jwks),
    'an empty secret': hmac({ alg: 'HS256', typ: 'JWT', kid }, ''),
    'keys of its own': `${encode({ alg: 'RS256', kid, jku: 'https://evil.example/jwks' })}.${payload}.${signature}`,
    'a key id that leads elsewhere': `${encode({ alg: 'RS256', kid: '../../etc/passwd' })}.${payload}.${signature}`,
    'more permissions': `${header}.${encode({ ...claims, permissions: ['read:ledger'] })}.${signature}`,
    'another subject': `${header}.${encode({ ...claims, sub: 'auth0|boss' })}.${signature}`,
    'another signature': `${header}.${payload}.${traineeTokens.accessToken.split('.')[2]}`,
    'ten thousand characters more': `${tokens.accessToken}${'A'.repeat(10_000)}`,
  };
  for (const [name, token] of Object.entries(attacks)) {
    const { status } = await send(
      { method: 'GET', path: '/v1/me', headers: {}, body: undefined },
      token,
    );
    expect({ name, status }).toEqual({ name, status: 401 });
  }
});

it('no launch is given to an agent with the proof of identity of somebody else', async () => {
  const ask = (actorToken: string) =>
    send(
      {
        method: 'POST',
        path: '/v1/launches',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          id: crypto.randomUUID(),
          customerId: accounts.customer.id,
          targetAppId: targetApps[0]?.id,
          reason: 'Cannot see the invoice',
          actorToken,
        }),
      },
      tokens.accessToken,
    );
  for (const stolen of [traineeTokens.idToken, tokens.accessToken, `${tokens.idToken}x`]) {
    const { status, text } = await ask(stolen);
    expect([401, 403]).toContain(status);
    expect(text).not.toContain('sessionTransferToken');
  }
  expect((await ask(tokens.idToken)).status).toBe(201);
});
