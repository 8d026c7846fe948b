import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import * as z from 'zod/mini';
import type { LedgerRow } from '../../../contract/ledger.ts';
import { ConfigError } from '../../config/config.ts';
import { companyRules } from '../../config/launch-rules.ts';
import { type PolicyConfig, policyConfigSchema } from '../../config/policy-config.ts';
import { localTimeIn } from '../../policy/local-time.ts';
import { openExport } from '../export-file.ts';
import type { Options } from '../ledger-commands/command.ts';
import { operatorOfCommand } from '../ledger-commands/operator.ts';
import { withReadableLedger } from '../ledger-commands/with-ledger.ts';
import { type ReplayedLaunch, replayLaunches } from './replay.ts';
import { openPolicies } from './test-policies.ts';

/** What is replayed, from where, and by which rules. */
export type ReplayRequest = {
  readonly configPath: string;
  /** Policies other than those of the configuration. */
  readonly folder: string | undefined;
  readonly since: Date;
  /** The ledger: an export of it, or its database. */
  readonly ledger: { readonly file: string } | Pick<Options, 'folder' | 'database-url' | 'ca'>;
};

/** The parts of the configuration that a decision takes; none of them is secret. */
const decisiveSchema = z.object({
  policy: policyConfigSchema,
  protection: z.object({ staffRoles: z.array(z.string()) }),
});

const readDecisive = (path: string): z.infer<typeof decisiveSchema> => {
  let raw: unknown;
  try {
    raw = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new ConfigError([`${path} cannot be read as JSON.`], { cause });
  }
  const parsed = decisiveSchema.safeParse(raw);
  if (!parsed.success) {
    throw new ConfigError(
      parsed.error.issues.map(({ path: field, message }) => `${field.join('.')}: ${message}`),
    );
  }
  return parsed.data;
};

const policiesOf = (policy: PolicyConfig, folder: string | undefined) => {
  const used = folder ?? policy.folder;
  if (used === undefined) {
    throw new ConfigError(['policy.folder: there are no rules; name some with --folder.']);
  }
  return openPolicies(used, {
    agent: Object.keys(policy.agentAttributes),
    customer: Object.keys(policy.customerAttributes),
  });
};

const print = async (line: string): Promise<void> => {
  if (!process.stdout.write(`${line}\n`)) {
    await once(process.stdout, 'drain');
  }
};

const SAID: Readonly<Record<ReplayedLaunch['outcome'], string>> = {
  same: '',
  refused: 'REFUSED',
  less_time: 'LESS TIME',
  not_decidable: 'NOT DECIDABLE',
};

const lineOf = ({ at, id, outcome, why, agentId, facts }: ReplayedLaunch): string => {
  const who = `${agentId ?? '(erased)'} as ${facts?.customer.id ?? '(erased)'}`;
  return `${SAID[outcome]}  ${at.toISOString()}  ${id}  ${who}  ${why}`;
};

/**
 * Runs the launches of the ledger through the rules and prints each one that they would have decided otherwise, as
 * it is found, and then how many there were. That the ledger was read for it is a row of the ledger, as of an export.
 * @throws {ConfigError | PolicyFolderError | LedgerExportError}
 */
export const printReplay = async (request: ReplayRequest): Promise<number> => {
  const { policy, protection } = readDecisive(request.configPath);
  const company = policiesOf(policy, request.folder);
  const counts = { same: 0, refused: 0, less_time: 0, not_decidable: 0 };
  const replay = async (rows: AsyncIterable<LedgerRow>): Promise<number> => {
    const launches = replayLaunches({
      rows,
      since: request.since,
      company,
      rules: companyRules(policy, protection.staffRoles),
      localTime: localTimeIn(policy.timeZone),
    });
    for await (const launch of launches) {
      counts[launch.outcome] += 1;
      if (launch.outcome !== 'same') {
        await print(lineOf(launch));
      }
    }
    return 0;
  };
  const { ledger } = request;
  await ('file' in ledger
    ? replay(await openExport(ledger.file))
    : withReadableLedger(ledger, (opened) => replay(opened.rows()), {
        type: 'ledger_exported',
        ...operatorOfCommand(),
      }));
  const all = counts.same + counts.refused + counts.less_time + counts.not_decidable;
  await print(`This change would have refused ${counts.refused} of ${all} launches.`);
  if (counts.less_time > 0) {
    await print(`It would have granted less time to ${counts.less_time}.`);
  }
  if (counts.not_decidable > 0) {
    await print(`Nothing can be said of ${counts.not_decidable}: they are not decidable.`);
  }
  return 0;
};
