import { Agent } from 'undici';

/**
 * How long a connection to the tenant is kept for the next call, in milliseconds. Node closes one after four seconds, so
 * that each launch after a pause waits for new connections; the load balancers and address translators on the way keep an
 * idle one for a minute and more.
 */
const IDLE_MILLISECONDS = 30_000;

/** Where Node was told to go through a proxy: the environment, or an option of its own. */
type Started = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly execArgv: readonly string[];
};

const usesProxy = ({ env, execArgv }: Started): boolean =>
  env['NODE_USE_ENV_PROXY'] === '1' ||
  [...execArgv, ...(env['NODE_OPTIONS'] ?? '').split(' ')].includes('--use-env-proxy');

/**
 * Sends each call over a connection that is kept for half a minute, or for as long as the server says. A call whose
 * connection breaks fails and is not sent again. Where Node sends its calls through a proxy, they are left to Node.
 */
export const keepConnections = (started: Started): typeof fetch => {
  if (usesProxy(started)) {
    return fetch;
  }
  const dispatcher = new Agent({ keepAliveTimeout: IDLE_MILLISECONDS });
  return (input, init) => {
    const options: RequestInit & { readonly dispatcher: Agent } = { ...init, dispatcher };
    return fetch(input, options);
  };
};
