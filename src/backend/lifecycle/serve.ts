import { setTimeout as delay } from 'node:timers/promises';
import { type Fetch, listen } from '../http/server.ts';
import type { Log } from '../ports/log.ts';
import type { Shutdown } from './shutdown.ts';

const TIMEOUTS = {
  // An honest request arrives in well under a second, whatever its connection.
  headersMilliseconds: 5_000,
  requestMilliseconds: 10_000,
  // Longer than load balancers and proxies keep idle connections (60 s to 600 s). One that the backend closes first is
  // closed just as a request comes over it now and then, and the agent gets a 502.
  keepAliveMilliseconds: 620_000,
};

/** How long new requests are still answered after the signal, so that a load balancer learns of it, in milliseconds. */
const ANNOUNCE_MILLISECONDS = 1_000;
/** When what still waits for the tenant is closed as failed, counted from the signal, in milliseconds. */
const CUT_OFF_MILLISECONDS = 7_000;
/** When the last connections are closed, counted from the signal, in milliseconds. */
const CLOSE_MILLISECONDS = 9_000;

/** An address and what answers there. */
type Site = {
  readonly name: string;
  readonly fetch: Fetch;
  readonly at: { readonly host: string; readonly port: number };
};

/** Servers that listen. */
export type Serving = {
  /**
   * Stops serving within nine seconds: refuses new launches and closes each connection with its next
   * answer, lets what is under way finish, then closes it as failed, then closes what is left.
   */
  readonly drain: (shutdown: Shutdown) => Promise<void>;
};

/** Calls back after a time unless it is cancelled. The timer keeps no process alive. */
const after = (milliseconds: number, call: () => void): (() => void) => {
  const timer = setTimeout(call, milliseconds).unref();
  return () => clearTimeout(timer);
};

/**
 * Listens on all addresses.
 * @throws {Error} with the system's code when one cannot be listened on.
 */
export const serve = async (sites: readonly Site[], log: Log): Promise<Serving> => {
  const servers = await Promise.all(
    sites.map(async ({ name, fetch, at }) => {
      const server = await listen(fetch, at, TIMEOUTS);
      log.info('listening', { name, host: at.host, port: server.port });
      return server;
    }),
  );
  return {
    drain: async (shutdown) => {
      shutdown.begin();
      log.info('stopping');
      const cancelCutOff = after(CUT_OFF_MILLISECONDS, shutdown.cut);
      const cancelClose = after(CLOSE_MILLISECONDS, () => {
        for (const server of servers) {
          server.closeConnections();
        }
      });
      await delay(ANNOUNCE_MILLISECONDS);
      await Promise.all(servers.map((server) => server.close()));
      cancelCutOff();
      cancelClose();
    },
  };
};
