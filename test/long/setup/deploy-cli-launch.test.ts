import { execFile } from 'node:child_process';
import { appendFileSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { runCommand, setupFlags, startBackend } from '../../integration/setup/commands.ts';
import { launchIn } from '../../integration/setup/launch-in-company.ts';
import { type Company, startCompany } from '../../integration/setup/running-company.ts';
import { sam } from '../../unit/setup/company-seed.ts';

const run = promisify(execFile);
const program = createRequire(import.meta.url).resolve('auth0-deploy-cli');

const clientOf = ({ data }: Company, name: string) => {
  const found = data.clients.find((client) => client.name === name);
  if (!found) {
    throw new Error(`There is no application ${name}.`);
  }
  return found;
};

/** Imports one file of the exported folder with the real auth0-deploy-cli, as its README says. */
const importFile = async (
  company: Company,
  file: string,
  environment: Record<string, string> = {},
): Promise<void> => {
  const folder = join(company.folder, 'deploy-cli');
  await run(process.execPath, [program, 'import', '-c', 'config.json', '-i', file], {
    cwd: folder,
    env: {
      ...process.env,
      NODE_EXTRA_CA_CERTS: company.caFile,
      AUTH0_ACCESS_TOKEN: company.operatorToken,
      ...environment,
    },
  });
};

it.each([
  ['a secret', 'client_secret'],
  ['a key', 'private_key_jwt'],
])(
  'an agent’s launch lands in a tenant that auth0-deploy-cli made from the exported folder, with %s for the backend',
  async (_what, managementAuthentication) => {
    const company = await startCompany();
    onTestFinished(company.close);
    const { data, folder } = company;
    const wiki = structuredClone(clientOf(company, 'Wiki'));
    const enabled = structuredClone(data.connections.map(({ enabled_clients }) => enabled_clients));
    const organizations = structuredClone(data.organizations);
    const audit = structuredClone(data.actions[0]);

    const flags = [
      ...setupFlags(company),
      ...['--first-agent', sam.user_id, '--management-auth', managementAuthentication, '--yes'],
    ];
    const exported = await runCommand(company, 'setup', [...flags, '--out', 'deploy-cli']);
    expect(exported.code, exported.output).toBe(0);
    await importFile(company, '1-applications.yaml');
    await importFile(company, '2-actions.yaml', {
      REQUESTING_CLIENT_ID: clientOf(company, 'Understudy backend').client_id,
      EXTENSION_CLIENT_ID: clientOf(company, 'Understudy').client_id,
    });

    // What others have in the tenant is as it was, although the tool replaces what it is given.
    expect(clientOf(company, 'Wiki')).toEqual(wiki);
    expect(data.connections.map(({ enabled_clients }) => enabled_clients)).toEqual(enabled);
    expect(data.organizations).toEqual(organizations);
    expect(data.actions[0]).toEqual(audit);
    expect(data.postLoginBindings.map(({ display_name }) => display_name)).toEqual([
      'Audit',
      'Understudy',
    ]);

    const adopted = await runCommand(company, 'setup', [...flags, '--adopt']);
    expect(adopted.code, adopted.output).toBe(0);
    const again = await runCommand(company, 'setup', flags);
    expect(again.output).toContain('Nothing to do: the tenant is as described.');
    const secret = (name: string) => clientOf(company, name).client_secret ?? '';
    const secrets = [
      `UNDERSTUDY_CLIENT_SECRET='${secret('Understudy backend')}'`,
      // The tool made a secret with the application, which counts no more once there is a key.
      ...(managementAuthentication === 'client_secret'
        ? [`UNDERSTUDY_MANAGEMENT_CLIENT_SECRET='${secret('Understudy management')}'`]
        : []),
    ];
    appendFileSync(join(folder, 'understudy.secrets.env'), `${secrets.join('\n')}\n`);
    const doctor = await runCommand(company, 'doctor', [
      '--config',
      join(folder, 'understudy.json'),
    ]);
    expect(doctor.code, doctor.output).toBe(0);

    const stopBackend = await startBackend(company);
    try {
      const page = await launchIn(company);
      expect(page.url.origin).toBe(company.origins.shop);
      expect(page.text).toContain('Nora Lindqvist');
    } finally {
      await stopBackend();
    }
    expect(readFileSync(join(folder, 'understudy.setup.json'), 'utf8')).toContain(
      '"adopted": true',
    );
  },
);
