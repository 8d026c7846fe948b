import { copyFileSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inRepository } from '../../../src/commands/repository.ts';
import type { Endpoints } from '../../../src/commands/sandbox-process.ts';
import {
  type BackendProcess,
  spawnBackend,
  untilReady,
} from '../../integration/backend/backend-process.ts';
import { databaseUrl, ROLES } from '../../integration/backend/ledger/postgres-cluster.ts';
import { type Scrape, scrape } from './scrape.ts';

/** Rules under which every agent may act as every customer. */
export const OPEN_RULES =
  '@id("agents") permit (principal in Role::"Support Agent", action, resource);';

/** Rules that decide the same and are not the same. */
export const OTHER_RULES = `${OPEN_RULES}
@id("never") forbid (principal, action, resource) when { context.minutes > 9999 };`;

/** A backend whose metrics are scraped under one name, whichever process it is. */
export type AlertBackend = {
  readonly process: BackendProcess;
  readonly scrape: () => Promise<Scrape>;
  readonly writeRules: (rules: string) => void;
};

type Place = {
  readonly name: string;
  readonly folder: string;
  readonly database: string;
  /** The rules that are in force when it starts. */
  readonly rules: string;
  readonly environment: Record<string, string>;
};

/** How late the tenant's log may be here: what it has not shown by then is unconfirmed. */
const LOG_LAG_SECONDS = 20;

/** Starts the built backend on a database, with rules in a folder of its own. */
export const startAlertBackend = async (
  endpoints: Endpoints,
  { name, folder, database, rules, environment }: Place,
): Promise<AlertBackend> => {
  const signerFolder = mkdtempSync(join(tmpdir(), `understudy-signer-${name}-`));
  const policies = mkdtempSync(join(tmpdir(), `understudy-rules-${name}-`));
  const writeRules = (text: string): void => writeFileSync(join(policies, 'rules.cedar'), text);
  const schema = 'understudy.cedarschema';
  copyFileSync(inRepository(`docs/policies/strict-start-up/${schema}`), join(policies, schema));
  writeRules(rules);
  let metrics = '';
  const process = await spawnBackend(
    endpoints,
    name,
    (config) => {
      const { port } = config['metricsListen'] as { port: number };
      metrics = `http://127.0.0.1:${port}/metrics`;
      return {
        ...config,
        auth0: { ...(config['auth0'] as object), logLagSeconds: LOG_LAG_SECONDS },
        ledger: {
          databaseUrl: databaseUrl(folder, database, ROLES.writer),
          checkpoints: { stateFile: join(signerFolder, 'state.json') },
        },
        policy: { ...(config['policy'] as object), folder: policies },
        limits: { ...(config['limits'] as object), customersReadPerHour: 200 },
      };
    },
    environment,
    {
      command: globalThis.process.execPath,
      args: ['backend.js'],
      folder: inRepository('dist', 'backend'),
    },
  );
  await untilReady(process);
  return { process, writeRules, scrape: () => scrape(name, metrics) };
};
