import { expect, it, onTestFinished } from 'vitest';
import { openSignedIn } from '../../e2e/agent-browser.ts';
import { nextTab } from '../../e2e/next-tab.ts';
import { runCommand, setupFlags, startBackend } from '../../integration/setup/commands.ts';
import { extensionIdIn } from '../../integration/setup/launch-in-company.ts';
import { startCompany } from '../../integration/setup/running-company.ts';
import { nora, passwords, sam } from '../../unit/setup/company-seed.ts';

it('an agent with the extension lands in the shop of a company whose tenant setup made', async () => {
  const company = await startCompany();
  onTestFinished(company.close);
  const flags = [...setupFlags(company), '--first-agent', sam.user_id, '--yes'];
  const { code, output } = await runCommand(company, 'setup', flags);
  expect(code, output).toBe(0);
  const stopBackend = await startBackend(company);
  onTestFinished(stopBackend);

  const { browser, popup } = await openSignedIn(
    { extension: { id: extensionIdIn(company) }, backend: company.origins.backend },
    { email: sam.email, password: passwords[sam.user_id] ?? '' },
  );
  onTestFinished(browser.close);
  const search = popup.getByRole('combobox', { name: 'Find a customer' });
  await search.fill(nora.name.slice(0, 6));
  await popup.getByRole('option', { name: nora.name }).waitFor();
  await search.press('ArrowDown');
  await search.press('Enter');
  await popup.getByRole('radio', { name: 'Shop' }).check();
  await popup.getByLabel('Reason').fill('Invoice 4711 is missing');
  const opened = nextTab(browser.context);
  await popup.getByLabel('Reason').press('Control+Enter');
  const shop = await opened;
  await shop.getByTestId('user').filter({ hasText: nora.name }).waitFor();
  const act = JSON.parse((await shop.getByTestId('act').textContent()) ?? '');
  expect(act).toMatchObject({ sub: sam.user_id, app: 'shop' });
});
