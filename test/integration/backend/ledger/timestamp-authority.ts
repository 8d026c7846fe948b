import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { OPENSSL, requireProgram } from '../../../../src/commands/test-programs.ts';

/** An authority that answers requests for timestamps over HTTP. @see RFC 3161 §3.4 */
export type TimestampAuthority = {
  readonly url: string;
  /** The file with the certificate that its timestamps are checked with. */
  readonly certificate: string;
  readonly close: () => void;
};

const CONFIG = `
[req]
distinguished_name = name
[name]
[authority]
extendedKeyUsage = critical, timeStamping
[tsa]
default_tsa = chosen
[chosen]
serial = ./serial
default_policy = 1.2.3.4.1
digests = sha256
signer_digest = sha256
ess_cert_id_alg = sha256
`;

/** Runs OpenSSL; gives what it printed. @throws {Error} with what it complained of. */
export const runOpenssl = (folder: string, ...args: readonly string[]): string => {
  const { status, stdout, stderr } = spawnSync(requireProgram(OPENSSL), args, {
    cwd: folder,
    encoding: 'utf8',
  });
  if (status !== 0) {
    throw new Error(stderr);
  }
  return stdout;
};

/** Starts OpenSSL's authority, with a key and a certificate of its own. */
export const startTimestampAuthority = async (): Promise<TimestampAuthority> => {
  const folder = mkdtempSync(join(tmpdir(), 'understudy-authority-'));
  writeFileSync(join(folder, 'config'), CONFIG);
  writeFileSync(join(folder, 'serial'), '01');
  const own = ['-config', 'config', '-extensions', 'authority', '-subj', '/CN=Authority of a test'];
  const files = ['-keyout', 'key.pem', '-out', 'certificate.pem'];
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-noenc', '-days', '1'];
  runOpenssl(folder, 'req', '-x509', ...kind, ...files, ...own);

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    writeFileSync(join(folder, 'query'), await buffer(request));
    const signer = ['-signer', 'certificate.pem', '-inkey', 'key.pem'];
    const asked = ['-queryfile', 'query', '-out', 'reply'];
    runOpenssl(folder, 'ts', '-reply', '-config', 'config', ...asked, ...signer);
    response.setHeader('content-type', 'application/timestamp-reply');
    response.end(readFileSync(join(folder, 'reply')));
  };
  const server = createServer((request, response) => {
    answer(request, response).catch((error: Error) => response.destroy(error));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    certificate: join(folder, 'certificate.pem'),
    close: () => {
      server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
