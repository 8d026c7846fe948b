import type * as z from 'zod/mini';
import { ENDPOINTS, type Endpoint } from '../../../contract/endpoints.ts';
import { problemSchema } from '../../../contract/problem.ts';
import { done, type Outcome, refused } from '../../messages/wire/outcome.ts';
import { extensionProblem } from '../../messages/wire/problem.ts';

export type EndpointName = keyof typeof ENDPOINTS;
export type ReplyOf<Name extends EndpointName> = z.infer<(typeof ENDPOINTS)[Name]['reply']>;

/** What goes into a call besides the endpoint: path parameters, query, JSON body, access token. */
export type BackendCall = {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly accessToken?: string;
};

/** The network, as far as calls need it. `timeoutSignal` aborts after that many milliseconds. */
export type Network = {
  readonly fetch: typeof fetch;
  readonly isOnline: () => boolean;
  readonly timeoutSignal: (milliseconds: number) => AbortSignal;
};

/** Calls one endpoint of the backend at an origin and gives the checked answer, or why there is none. Never throws. */
export type BackendHttp = <Name extends EndpointName>(
  origin: string,
  name: Name,
  call: BackendCall,
) => Promise<Outcome<ReplyOf<Name>>>;

const TIMEOUT_MILLISECONDS = 15_000;
/** A launch asks the tenant, which takes its time; the backend gives up before this. */
const LAUNCH_TIMEOUT_MILLISECONDS = 20_000;

const urlOf = (origin: string, endpoint: Endpoint, call: BackendCall): string => {
  const path = endpoint.path.replace(/\{(\w+)\}/g, (_match, name: string) =>
    encodeURIComponent(call.params?.[name] ?? ''),
  );
  const url = new URL(path, origin);
  for (const [name, value] of Object.entries(call.query ?? {})) {
    url.searchParams.set(name, value);
  }
  return url.href;
};

const requestOf = (endpoint: Endpoint, call: BackendCall): RequestInit => {
  const headers = new Headers({ accept: 'application/json, application/problem+json' });
  if (call.accessToken !== undefined) {
    headers.set('authorization', `Bearer ${call.accessToken}`);
  }
  if (call.body !== undefined) {
    headers.set('content-type', 'application/json');
  }
  return {
    method: endpoint.method,
    headers,
    ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
    // The bearer token goes to the configured origin and nowhere else.
    redirect: 'error',
    credentials: 'omit',
    // Chromium also sends a preflight before each request that says so, which a launch would wait for. The
    // answer to a POST is kept nowhere: the backend forbids it, and no browser keeps one that is not allowed.
    ...(endpoint.method !== 'POST' && { cache: 'no-store' }),
    referrerPolicy: 'no-referrer',
  };
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON, for instance a proxy's HTML page: no schema accepts `undefined`.
    return undefined;
  }
};

const readAnswer = (endpoint: Endpoint, status: number, text: string): Outcome<unknown> => {
  const body = parseJson(text);
  if (status === endpoint.status) {
    const reply = endpoint.reply.safeParse(body);
    return reply.success ? done(reply.data) : refused(extensionProblem('backend_invalid_answer'));
  }
  const problem = problemSchema.safeParse(body);
  if (!problem.success) {
    return refused(extensionProblem('backend_invalid_answer'));
  }
  const { code, title, detail, action, requestId, stepUp } = problem.data;
  return refused({
    source: 'backend',
    code,
    title,
    detail,
    action,
    requestId,
    ...(stepUp && { stepUp }),
  });
};

/** Makes {@link BackendHttp} on a network. */
export const createBackendHttp = (network: Network): BackendHttp => {
  const send = async (origin: string, name: EndpointName, call: BackendCall) => {
    const endpoint: Endpoint = ENDPOINTS[name];
    const signal = network.timeoutSignal(
      name === 'requestLaunch' ? LAUNCH_TIMEOUT_MILLISECONDS : TIMEOUT_MILLISECONDS,
    );
    try {
      const response = await network.fetch(urlOf(origin, endpoint, call), {
        ...requestOf(endpoint, call),
        signal,
      });
      return readAnswer(endpoint, response.status, await response.text());
    } catch {
      // fetch tells programs nothing about the reason; these three are what can be known.
      if (signal.aborted) {
        return refused(extensionProblem('timeout'));
      }
      return refused(extensionProblem(network.isOnline() ? 'backend_unreachable' : 'offline'));
    }
  };
  // The reply was checked by the schema of this very endpoint; the type cannot follow the lookup.
  return (origin, name, call) => send(origin, name, call) as Promise<Outcome<ReplyOf<typeof name>>>;
};
