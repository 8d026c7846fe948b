import type { Hono } from 'hono';
import type { TenantContext, TenantEnv } from '../../context.ts';
import { loginPage } from '../../pages/login-page.ts';
import { readBody } from '../../read-parameters.ts';
import { continueSignIn } from './continue-sign-in.ts';
import { nothingParked, unpark } from './parked-requests.ts';

/** The login page: shows the form, and takes it back from the same browser only. */
export const loginRoutes = (app: Hono<TenantEnv>, context: TenantContext): void => {
  const { transactions } = context.memory;
  app.get('/u/login', (c) => {
    const state = c.req.query('state') ?? '';
    const request = unpark(c, context, transactions.get(state));
    if (!request) {
      return nothingParked(c);
    }
    return loginPage(c, { request, state, email: request.parameters['login_hint'] ?? '' });
  });

  app.post('/u/login', async (c) => {
    const body = await readBody(c);
    const state = body?.['state'] ?? c.req.query('state') ?? '';
    const request = unpark(c, context, transactions.get(state));
    if (!body || !request) {
      return nothingParked(c);
    }
    const email = body['username'] ?? '';
    const found = context.directory.userByPassword(
      request.client,
      email,
      body['password'] ?? '',
      request.parameters['connection'],
    );
    if (!found) {
      context.log.write({
        type: 'fp',
        client: request.client,
        ip: c.env.ip,
        hostname: c.var.domain.hostname,
      });
      return loginPage(c, { request, state, email, failure: 'Wrong email or password.' });
    }
    transactions.delete(state);
    return continueSignIn(c, context, request, {
      userId: found.user.user_id,
      connection: found.connection,
      methods: [{ name: 'pwd', at: context.clock() }],
    });
  });
};
