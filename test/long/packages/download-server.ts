import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';

/** The company's server, from which browsers take packages and learn of newer ones. */
export type DownloadServer = {
  readonly baseUrl: string;
  /** What is handed out, by path; may be changed at any time. */
  readonly files: Map<string, Uint8Array>;
  /** The paths that were asked for. */
  readonly asked: readonly string[];
  readonly close: () => void;
};

/** Starts the server on a free port of this machine; with a key and a certificate for `localhost` over TLS. */
export const startDownloadServer = async (tls?: {
  readonly key: string;
  readonly cert: string;
}): Promise<DownloadServer> => {
  const files = new Map<string, Uint8Array>();
  const asked: string[] = [];
  const answer: RequestListener = (request, response) => {
    const path = (request.url ?? '').replace(/^\//, '').replace(/\?.*$/, '');
    asked.push(path);
    const bytes = files.get(path);
    response.writeHead(bytes ? 200 : 404).end(bytes);
  };
  const server = tls ? createTlsServer(tls, answer) : createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: tls ? `https://localhost:${port}` : `http://127.0.0.1:${port}`,
    files,
    asked,
    close: () => server.close(),
  };
};
