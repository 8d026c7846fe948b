import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { type ServerType, serve } from '@hono/node-server';
import type { Tenant } from './create-tenant.ts';

/** Longer than any caller keeps an idle connection: none is closed under a request that is on its way. */
const KEEP_ALIVE_MILLISECONDS = 120_000;

type ListenOptions = { port: number; tls?: { key: string; cert: string } };

export type Listener = { port: number; close: () => Promise<void> };

/**
 * Serves a tenant on 127.0.0.1 only, over TLS when given a certificate. What the tenant takes for
 * the caller's address is the socket's.
 */
export const listen = (tenant: Tenant, { port, tls }: ListenOptions): Promise<Listener> =>
  new Promise((resolve, reject) => {
    const server: ServerType = serve(
      {
        fetch: (
          request: Request,
          env: { incoming?: { socket: { remoteAddress?: string | undefined } } },
        ) => tenant.fetch(request, { ip: env.incoming?.socket.remoteAddress ?? '' }),
        hostname: '127.0.0.1',
        port,
        ...(tls && { createServer: createHttpsServer }),
        serverOptions: { ...tls, keepAliveTimeout: KEEP_ALIVE_MILLISECONDS },
      },
      (info: AddressInfo) =>
        resolve({
          port: info.port,
          close: () =>
            new Promise((done) => {
              if ('closeAllConnections' in server) {
                server.closeAllConnections();
              }
              server.close(() => done());
            }),
        }),
    );
    server.on('error', reject);
  });
