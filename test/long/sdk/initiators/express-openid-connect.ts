import { createServer } from 'node:http';
import express from 'express';
import { auth } from 'express-openid-connect';
import { consoleOptions, listenForAgents, SUBJECT_TOKEN_TYPE } from './console-options.ts';

/** A support console on Auth0's express-openid-connect, as its documentation builds one. */
const { baseUrl, clientId, clientSecret, domain, secret, targetLoginUrl } = consoleOptions;
const app = express();
app.use(
  auth({
    authRequired: false,
    baseURL: baseUrl,
    issuerBaseURL: `https://${domain}`,
    clientID: clientId,
    clientSecret,
    secret,
    authorizationParams: { response_type: 'code', scope: 'openid profile email' },
  }),
);
app.get('/', (request, response) => {
  response.send(request.oidc.user?.['sub'] ?? 'nobody');
});
app.get('/launch', async (request, response) => {
  const result = await request.oidc.requestSessionTransferToken?.({
    subject_token: String(request.query['order']),
    subject_token_type: SUBJECT_TOKEN_TYPE,
  });
  const login = new URL(targetLoginUrl);
  login.searchParams.set('session_transfer_token', result?.session_transfer_token ?? '');
  response.redirect(login.href);
});
listenForAgents(createServer(app));
