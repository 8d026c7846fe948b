import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { inRepository } from '../../../src/commands/repository.ts';

it('npm start without a display signs in, launches and ends, and says who acted as whom', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'understudy-start-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  const child = spawn('npm', ['start'], {
    cwd: inRepository(),
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      DISPLAY: '',
      WAYLAND_DISPLAY: '',
      UNDERSTUDY_SANDBOX_DIR: folder,
    },
  });
  let output = '';
  const keep = (chunk: Buffer): void => {
    output += chunk.toString();
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const code = await new Promise((resolve) => {
    child.once('exit', resolve);
  });
  expect(code, output).toBe(0);
  expect(output).toMatch(/@\S+ acted as \S/);
  expect(output).toContain('The target app got this act claim:');
});
