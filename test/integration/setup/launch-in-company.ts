import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TenantUser } from '../../../src/sandbox/tenant/model.ts';
import { nora, sam } from '../../unit/setup/company-seed.ts';
import { createAgentClient, signIn } from '../launch/agent-client.ts';
import { createWebClient } from '../launch/web-client.ts';
import type { Company } from './running-company.ts';

const readConfig = ({ folder }: Company) =>
  JSON.parse(readFileSync(join(folder, 'understudy.json'), 'utf8'));

/** The id of the extension that setup let into the company's tenant. */
export const extensionIdIn = (company: Company): string =>
  String(readConfig(company).extension.ids[0]);

/** Signs one of the company's staff in to the extension's application that setup made; its agent unless told. */
export const signInToCompany = async (company: Company, person: TenantUser = sam) => {
  const { origins } = company;
  const config = readConfig(company);
  const endpoints = {
    tenant: { agents: origins.agents },
    backend: origins.backend,
    extension: { id: extensionIdIn(company) },
    clients: { extension: { clientId: String(config.auth0.extensionClientId) } },
  };
  const password = company.data.passwords[person.user_id] ?? '';
  return { endpoints, tokens: await signIn(endpoints, { email: person.email, password }) };
};

/** Has the agent act as the company's customer in its shop; gives the page that the launch ends on. */
export const launchIn = async (company: Company) => {
  const { endpoints, tokens } = await signInToCompany(company);
  const agent = createAgentClient(endpoints, tokens);
  const { status, body } = await agent.launch({ customerId: nora.user_id, targetAppId: 'shop' });
  if (status !== 201) {
    throw new Error(`The launch was refused: ${status} ${JSON.stringify(body)}`);
  }
  const url = new URL(body.loginUrl);
  url.searchParams.set('session_transfer_token', body.sessionTransferToken);
  return createWebClient().open(url);
};
