import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { auth } from 'express-openid-connect';
import { importJWK, SignJWT } from 'jose';
import { inRepository } from '../../src/commands/repository.ts';
import type { Endpoints } from '../../src/commands/sandbox-process.ts';

/** A web app from which one customer can be acted as, in one app. */
export type MinimalInitiator = { readonly url: string; readonly close: () => Promise<void> };

/** Who acts, by the claims of the ID token that the tenant takes as proof of it. */
type Actor = { readonly id: string; readonly idToken: string };

/**
 * Starts the least that acts as a customer on Auth0's own SDK: one button, whose form is answered with a
 * redirect that carries the token. No policy, no ledger, nothing looked up, nothing checked afterwards.
 */
export const startMinimalInitiator = async (
  { tenant, clients, subjectToken, accounts: { customer }, targetApps }: Endpoints,
  actor: Actor,
): Promise<MinimalInitiator> => {
  const [app] = targetApps;
  if (!app) {
    throw new Error('The sandbox has no target app.');
  }
  const jwk = JSON.parse(readFileSync(inRepository(subjectToken.signingKeyFile), 'utf8'));
  const key = await importJWK(jwk, 'ES256');

  const signSubject = (): Promise<string> =>
    new SignJWT({
      connection: customer.connection,
      may_act: { sub: actor.id },
      actor_token_sha256: createHash('sha256').update(actor.idToken).digest('base64url'),
      app: app.id,
      mode: 'full',
      minutes: 120,
      identity_user_id: customer.id.slice(customer.id.indexOf('|') + 1),
    })
      .setProtectedHeader({ alg: 'ES256', kid: jwk.kid, typ: 'JWT' })
      .setIssuer(subjectToken.issuer)
      .setAudience(subjectToken.audience)
      .setSubject(customer.id)
      .setJti(randomUUID())
      .setIssuedAt()
      .setExpirationTime('60s')
      .sign(key);

  const server = express();
  server.use(
    auth({
      authRequired: false,
      baseURL: 'http://initiator.localhost',
      issuerBaseURL: tenant.agents,
      clientID: clients.requesting.clientId,
      clientSecret: clients.requesting.clientSecret,
      clientAuthMethod: 'client_secret_post',
      secret: randomUUID(),
      authorizationParams: { response_type: 'code' },
    }),
  );
  server.get('/', (_request, response) => {
    response.send('<form method="post" target="_blank"><button autofocus>Act</button></form>');
  });
  server.post('/', async (request, response) => {
    const result = await request.oidc.requestSessionTransferToken?.({
      subject_token: await signSubject(),
      subject_token_type: subjectToken.type,
      actor_token: actor.idToken,
    });
    const url = new URL(app.loginUrl);
    url.searchParams.set('session_transfer_token', result?.session_transfer_token ?? '');
    response.redirect(303, url.href);
  });
  const listening = server.listen(0, '127.0.0.1');
  await new Promise((resolve) => listening.once('listening', resolve));
  const { port } = listening.address() as AddressInfo;
  return {
    url: `http://initiator.localhost:${port}/`,
    close: () => new Promise((resolve) => listening.close(() => resolve())),
  };
};
