import { expect } from 'vitest';
import { sam } from '../../unit/setup/company-seed.ts';
import { runCommand, setupFlags, startBackend } from './commands.ts';
import { launchIn } from './launch-in-company.ts';
import type { Company } from './running-company.ts';

/**
 * Expects setup to change the company's tenant once, the second run to find nothing to do, and the backend
 * started from what it wrote to let its agent act as a customer. `flags` differ from the default. `meanwhile` is
 * run while that backend is there.
 */
export const expectLaunchAfterSetup = async (
  company: Company,
  flags: readonly string[] = [],
  meanwhile: () => Promise<void> = async () => undefined,
): Promise<void> => {
  const answers = [...setupFlags(company), '--first-agent', sam.user_id, ...flags, '--yes'];
  const first = await runCommand(company, 'setup', answers);
  expect(first.code, first.output).toBe(0);
  expect(first.output).not.toContain(company.operatorToken);
  const again = ['--folder', company.folder, '--yes', ...answers];
  const second = await runCommand(company, 'setup', again);
  expect(second.output).toContain('Nothing to do: the tenant is as described.');

  const stopBackend = await startBackend(company);
  try {
    const page = await launchIn(company);
    expect(page.url.origin).toBe(company.origins.shop);
    expect(page.text).toContain('Nora Lindqvist');
    expect(page.text).toMatch(/data-testid="act">[^<]*&quot;launch&quot;/);
    await meanwhile();
  } finally {
    await stopBackend();
  }
};
