import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import {
  type CookieHandler,
  CookieTransactionStore,
  ServerClient,
  StatelessStateStore,
} from '@auth0/auth0-server-js';
import { consoleOptions, listenForAgents, SUBJECT_TOKEN_TYPE } from './console-options.ts';

/** A support console on Auth0's auth0-server-js, with Node's own HTTP server. */
const { baseUrl, clientId, clientSecret, domain, secret, targetLoginUrl } = consoleOptions;

type Exchange = { readonly request: IncomingMessage; readonly response: ServerResponse };

const cookiesOf = ({ headers }: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    (headers.cookie ?? '')
      .split('; ')
      .filter(Boolean)
      .map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
  );

const appendCookie = (exchange: Exchange | undefined, line: string): void => {
  exchange?.response.appendHeader('set-cookie', line);
};

const cookies: CookieHandler<Exchange> = {
  setCookie: (name, value, _options, exchange) =>
    appendCookie(exchange, `${name}=${value}; Path=/; HttpOnly`),
  getCookie: (name, exchange) => (exchange ? cookiesOf(exchange.request)[name] : undefined),
  getCookies: (exchange) => (exchange ? cookiesOf(exchange.request) : {}),
  deleteCookie: (name, exchange) => appendCookie(exchange, `${name}=; Path=/; Max-Age=0`),
};

const auth0 = new ServerClient<Exchange>({
  domain,
  clientId,
  clientSecret,
  authorizationParams: { redirect_uri: `${baseUrl}/callback`, scope: 'openid profile email' },
  transactionStore: new CookieTransactionStore({ secret }, cookies),
  stateStore: new StatelessStateStore({ secret }, cookies),
});

const redirect = (response: ServerResponse, location: URL | string): void => {
  response.writeHead(302, { location: String(location) }).end();
};

const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const url = new URL(request.url ?? '/', baseUrl);
  const exchange = { request, response };
  if (url.pathname === '/login') {
    redirect(response, await auth0.startInteractiveLogin({}, exchange));
  } else if (url.pathname === '/callback') {
    await auth0.completeInteractiveLogin(url, exchange);
    redirect(response, '/');
  } else if (url.pathname === '/launch') {
    const result = await auth0.requestSessionTransferToken(
      {
        subjectToken: url.searchParams.get('order') ?? '',
        subjectTokenType: SUBJECT_TOKEN_TYPE,
      },
      exchange,
    );
    redirect(response, auth0.buildSessionTransferRedirect(targetLoginUrl, result));
  } else {
    const user = await auth0.getUser(exchange);
    response.end(user?.sub ?? 'nobody');
  }
};

listenForAgents(
  createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  }),
);
