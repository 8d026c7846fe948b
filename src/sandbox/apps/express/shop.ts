import express, { type NextFunction, type Request, type Response } from 'express';
import { auth, type ConfigParams } from 'express-openid-connect';
import { appHeaders } from '../app-headers.ts';
import { type AppServer, serveApp } from '../app-server.ts';
import { appStyle } from '../app-style.ts';
import { endOnlyTheNamedSession } from './logged-out-sessions.ts';
import { failedPage, signedInPage, signedOutPage } from './shop-pages.ts';

export type ShopOptions = {
  origin: string;
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Encrypts the app's own session cookie. */
  cookieSecret: string;
};

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

const given = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** How the app signs in: the code flow of express-openid-connect, and a logout that ends both sessions. */
const shopAuthentication = (options: ShopOptions): ConfigParams => ({
  authRequired: false,
  auth0Logout: true,
  idpLogout: true,
  baseURL: options.origin,
  issuerBaseURL: options.issuer,
  clientID: options.clientId,
  clientSecret: options.clientSecret,
  secret: options.cookieSecret,
  clientAuthMethod: 'client_secret_basic',
  authorizationParams: { response_type: 'code', scope: 'openid profile email' },
  routes: { login: false, backchannelLogout: '/backchannel-logout' },
  backchannelLogout: endOnlyTheNamedSession(),
});

/**
 * The target app "Shop": server-rendered, on Auth0's own express-openid-connect. Its `/login`
 * forwards the session transfer token and the organization, which the stock route would drop.
 *
 * @see Auth0 documentation, "Session Delegation", target applications
 */
const createShop = (options: ShopOptions): express.Express => {
  const app = express();
  const style = appStyle({ light: '#1f6f54', dark: '#63c7a2' });
  app.disable('x-powered-by');
  app.use((_request, response, next) => {
    response.set(appHeaders());
    next();
  });
  app.get('/app.css', (_request, response) => {
    response.type('css').send(style);
  });
  app.use(auth(shopAuthentication(options)));

  app.get('/login', async (request, response) => {
    const sessionTransferToken = given(request.query['session_transfer_token']);
    const organization = given(request.query['organization']);
    await response.oidc.login({
      returnTo: '/',
      authorizationParams: {
        ...(sessionTransferToken && { session_transfer_token: sessionTransferToken }),
        ...(organization && { organization }),
      },
    });
  });

  // The SDK's stock route, for tests: what happens to an app that forgets to forward the parameters.
  app.get('/login-stock', (_request, response) => response.oidc.login({ returnTo: '/' }));

  app.get('/', async (request, response) => {
    const claims = request.oidc.idTokenClaims;
    const page = claims
      ? signedInPage({
          name: text(claims['name']),
          email: text(claims['email']),
          id: claims.sub,
          organization: given(claims['org_id']),
          act: claims['act'],
        })
      : signedOutPage();
    response.type('html').send(String(await page));
  });

  app.use(async (error: unknown, request: Request, response: Response, _next: NextFunction) => {
    const code = text(request.query['error']) || 'callback_failed';
    const description =
      text(request.query['error_description']) ||
      'The sign-in did not come back as expected. Please start again.';
    if (!given(request.query['error'])) {
      console.error('Shop:', error);
    }
    response
      .status(400)
      .type('html')
      .send(String(await failedPage(code, description)));
  });
  return app;
};

/** Starts the Shop on its own origin. */
export const startShop = (options: ShopOptions): Promise<AppServer> =>
  serveApp(options.origin, createShop(options));
