import { expect, it } from 'vitest';
import {
  customerIdSchema,
  launchIdSchema,
  targetAppIdSchema,
} from '../../../../../../src/contract/ids.ts';
import type { BackendClient } from '../../../../../../src/extension/background/backend/backend-client.ts';
import { createPreviewLaunch } from '../../../../../../src/extension/background/launch/before-opening/preview-launch.ts';
import type { TokenSet } from '../../../../../../src/extension/background/sign-in/agent-tokens.ts';
import {
  done,
  type Outcome,
  refused,
} from '../../../../../../src/extension/messages/wire/outcome.ts';
import { extensionProblem } from '../../../../../../src/extension/messages/wire/problem.ts';

const TOKENS: TokenSet = {
  backendOrigin: 'https://understudy.example.com',
  sub: 'auth0|agent',
  accessToken: 'access',
  accessTokenExpiresAt: 0,
  idToken: 'id.token',
  idTokenReceivedAt: 0,
};
const REQUEST = {
  customerId: customerIdSchema.parse('auth0|nora'),
  targetAppId: targetAppIdSchema.parse('shop'),
  openIn: 'new_tab',
} as const;
const REPLACED = launchIdSchema.parse('3f0f6f0c-6d53-4a0e-9f5e-0a3c5d8a1b2c');

const ask = async (features: readonly string[], proof: Outcome<TokenSet> = done(TOKENS)) => {
  const sent: unknown[] = [];
  const client = (async (name: string, call: { body?: unknown } = {}) => {
    sent.push([name, JSON.parse(JSON.stringify(call.body ?? null))]);
    return done({ needs: [] });
  }) as unknown as BackendClient;
  const preview = createPreviewLaunch(client, async (feature) => features.includes(feature), {
    forLaunch: async () => proof,
  });
  return { answer: await preview(REQUEST, [REPLACED]), sent };
};

it('a preview carries the proof that a launch would, where the backend takes it', async () => {
  const { sent } = await ask(['preview', 'grant']);
  const body = { customerId: 'auth0|nora', targetAppId: 'shop', replaces: [REPLACED] };
  expect(sent).toEqual([['previewLaunch', { ...body, actorToken: 'id.token' }]]);
});

it('a preview carries no proof to a backend that does not take it', async () => {
  const { sent } = await ask(['preview']);
  expect(JSON.stringify(sent)).not.toContain('id.token');
});

it('a preview without a proof is as refused as the launch would be', async () => {
  const { answer, sent } = await ask(
    ['preview', 'grant'],
    refused(extensionProblem('session_expired')),
  );
  expect(answer).toEqual(refused(extensionProblem('session_expired')));
  expect(sent).toEqual([]);
});
