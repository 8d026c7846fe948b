import { once } from 'node:events';
import { createServer } from 'node:net';

type Address = { readonly host: string; readonly port: number };

const errorCodeOf = async ({ host, port }: Address): Promise<string | undefined> => {
  const server = createServer();
  try {
    server.listen(port, host);
    await once(server, 'listening');
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'unknown';
  } finally {
    server.close();
  }
};

const problemOf = async (field: string, address: Address): Promise<readonly string[]> => {
  const code = await errorCodeOf(address);
  switch (code) {
    case undefined:
      return [];
    case 'EADDRINUSE':
      return [`${field}.port: port ${address.port} of ${address.host} is in use`];
    case 'EACCES':
      return [`${field}.port: this user may not listen on port ${address.port}`];
    default:
      return [`${field}.host: ${address.host} cannot be listened on (${code})`];
  }
};

/** Says which of the addresses cannot be listened on, by trying; each with its field. */
export const listenProblems = async ({
  listen,
  metricsListen,
}: {
  readonly listen?: Address;
  readonly metricsListen?: Address;
}): Promise<readonly string[]> => {
  const isShared =
    listen !== undefined &&
    listen.port !== 0 &&
    listen.port === metricsListen?.port &&
    listen.host === metricsListen.host;
  if (isShared) {
    return [`metricsListen.port: port ${listen.port} is the port of "listen"`];
  }
  const problems = await Promise.all([
    listen ? problemOf('listen', listen) : [],
    metricsListen ? problemOf('metricsListen', metricsListen) : [],
  ]);
  return problems.flat();
};
