import { it } from 'vitest';
import { workerEndpoints } from '../../worker-endpoints.ts';
import { atSearch, disableConnectionOn, EVERY_WAY, expectDiagnosis } from './diagnosed-launches.ts';

const { accounts, clients } = workerEndpoints();

it.each(EVERY_WAY)(
  'a launch that does not land is diagnosed in the popup as $cause when $what',
  expectDiagnosis,
);

it('a launch that the tenant refuses a token for is told to come from the requesting client when that lacks the connection', async () => {
  const browser = await atSearch();
  await disableConnectionOn(clients.requesting.clientId);
  await browser.launch(accounts.customer.name, 'Shop');
  await browser.popup
    .getByRole('alert')
    .filter({ hasText: /connection "customers" is not enabled on the requesting application/ })
    .waitFor();
});
