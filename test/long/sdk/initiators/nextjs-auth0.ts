import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Auth0Client } from '@auth0/nextjs-auth0/server';
import { NextRequest, NextResponse } from 'next/server.js';
import { consoleOptions, listenForAgents, SUBJECT_TOKEN_TYPE } from './console-options.ts';

/**
 * A support console on Auth0's nextjs-auth0. Next's own classes for requests and responses are used, without
 * its server: what the SDK sees is what it sees in a middleware.
 */
const { baseUrl, clientId, clientSecret, domain, secret, targetLoginUrl } = consoleOptions;

const auth0 = new Auth0Client({
  domain,
  clientId,
  clientSecret,
  secret,
  appBaseUrl: baseUrl,
  authorizationParameters: { scope: 'openid profile email' },
});

const asNextRequest = ({ url = '/', headers }: IncomingMessage): NextRequest =>
  new NextRequest(new URL(url, baseUrl), {
    headers: new Headers(
      Object.entries(headers).flatMap(([name, value]) =>
        typeof value === 'string' ? [[name, value] as [string, string]] : [],
      ),
    ),
  });

const answer = async (incoming: IncomingMessage): Promise<Response> => {
  const request = asNextRequest(incoming);
  const { pathname, searchParams } = request.nextUrl;
  if (pathname.startsWith('/auth/')) {
    return auth0.middleware(request);
  }
  if (pathname === '/login') {
    return NextResponse.redirect(new URL('/auth/login', baseUrl));
  }
  if (pathname === '/launch') {
    const result = await auth0.requestSessionTransferToken(request, new NextResponse(), {
      subjectToken: searchParams.get('order') ?? '',
      subjectTokenType: SUBJECT_TOKEN_TYPE,
    });
    return auth0.buildSessionTransferRedirect(targetLoginUrl, result);
  }
  const session = await auth0.getSession(request);
  return new Response(session?.user.sub ?? 'nobody');
};

const send = async (answered: Response, response: ServerResponse): Promise<void> => {
  for (const [name, value] of answered.headers) {
    if (name !== 'set-cookie') {
      response.setHeader(name, value);
    }
  }
  response.setHeader('set-cookie', answered.headers.getSetCookie());
  response.writeHead(answered.status).end(await answered.text());
};

listenForAgents(
  createServer((incoming, response) => {
    answer(incoming)
      .then((answered) => send(answered, response))
      .catch((error: unknown) => {
        response.writeHead(500).end(String(error));
      });
  }),
);
