import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';

const WEB_EXT = 'node_modules/.bin/web-ext';

const findingSchema = z.object({ code: z.string(), file: z.optional(z.string()) });
const reportSchema = z.object({
  errors: z.array(findingSchema),
  warnings: z.array(findingSchema),
});

/** Every warning that remains, and why. */
const EXPLAINED: Readonly<Record<string, string>> = {
  UNSAFE_VAR_ASSIGNMENT:
    'Preact can set innerHTML, for dangerouslySetInnerHTML. Nothing here uses that: see the test below.',
};

describe('Mozilla’s linter', () => {
  test('Mozilla’s linter finds no error in the Firefox build, and no warning that is not explained', () => {
    const lint = ['lint', '--source-dir', 'dist/firefox', '--output', 'json', '--self-hosted'];
    const { stdout } = spawnSync(WEB_EXT, [...lint, '--no-config-discovery'], { encoding: 'utf8' });
    const { errors, warnings } = reportSchema.parse(JSON.parse(stdout));
    expect(errors).toEqual([]);
    expect(warnings.map(({ code }) => code).filter((code) => !(code in EXPLAINED))).toEqual([]);
  });
});

test('no view sets HTML from a string', () => {
  const { stdout } = spawnSync(
    'grep',
    ['-rnE', 'dangerouslySetInnerHTML|innerHTML|outerHTML|insertAdjacentHTML', 'src/extension'],
    { encoding: 'utf8' },
  );
  expect(stdout).toBe('');
});
