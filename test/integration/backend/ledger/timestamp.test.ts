import { appendFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  CheckpointSinkError,
  createTimestampSink,
} from '../../../../src/backend/adapters/ledger/tree/sinks.ts';
import { canRunWith, OPENSSL } from '../../../../src/commands/test-programs.ts';
import { runOpenssl, startTimestampAuthority } from './timestamp-authority.ts';

const NOTE = 'understudy.example.com/ledger\n1\nq1mGsPkiGAAvLKTUYYHUVJb1Gw0xBYuP8FEiCvVfgpo=\n';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'understudy-timestamps-'));
  writeFileSync(join(folder, '1.checkpoint'), NOTE);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(!canRunWith(OPENSSL))('an authority for timestamps', () => {
  it('an authority’s timestamp is kept beside its checkpoint, and proves with OpenSSL that it existed', async () => {
    const authority = await startTimestampAuthority();
    try {
      await createTimestampSink(authority.url, folder).send(1, NOTE);
      const verify = () =>
        runOpenssl(
          folder,
          ...['ts', '-verify', '-data', '1.checkpoint', '-in', '1.tsr'],
          ...['-CAfile', authority.certificate],
        );
      expect(verify()).toContain('Verification: OK');
      appendFileSync(join(folder, '1.checkpoint'), 'another line');
      expect(verify).toThrow(/message imprint mismatch/);
    } finally {
      authority.close();
    }
  });
});

it('an answer that is no timestamp of the checkpoint is not kept', async () => {
  const server = createServer((_request, response) => response.end('granted, honestly'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const sink = createTimestampSink(`http://127.0.0.1:${port}/`, folder);
  await expect(sink.send(1, NOTE)).rejects.toBeInstanceOf(CheckpointSinkError);
  expect(existsSync(join(folder, '1.tsr'))).toBe(false);
  server.close();
});
