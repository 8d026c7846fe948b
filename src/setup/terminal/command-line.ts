import { readArguments } from '../../command-line/read-arguments.ts';
import { UsageError } from '../../command-line/usage-error.ts';
import { type Answers, answersSchema, originOfDomain } from '../description/answers.ts';

/** What a run of setup is to do. */
export type Mode = 'apply' | 'plan' | 'remove' | 'deploy-cli' | 'terraform';

/** The command line as far as it was given; what is missing is asked for, or known from an earlier run. */
export type CommandLine = {
  readonly mode: Mode;
  /** Do not ask before anything is changed. */
  readonly yes: boolean;
  /** Where the files are written. */
  readonly folder: string;
  /** Take over what another tool made from the exported files. */
  readonly adopt: boolean;
  /** The key to replace, if one is. */
  readonly rotates: 'signing' | 'management' | undefined;
  readonly finishRotation: boolean;
  readonly answers: Readonly<Record<string, unknown>>;
};

const OPTIONS = {
  domain: { type: 'string' },
  'agents-domain': { type: 'string' },
  'customers-domain': { type: 'string' },
  'agent-connection': { type: 'string', multiple: true },
  'customer-connection': { type: 'string', multiple: true },
  backend: { type: 'string' },
  'extension-id': { type: 'string', multiple: true },
  target: { type: 'string', multiple: true },
  organization: { type: 'string', multiple: true },
  'protected-role': { type: 'string', multiple: true },
  'first-agent': { type: 'string' },
  'management-auth': { type: 'string' },
  'subject-keys': { type: 'string' },
  name: { type: 'string' },
  folder: { type: 'string', default: '.' },
  plan: { type: 'boolean', default: false },
  yes: { type: 'boolean', default: false },
  remove: { type: 'boolean', default: false },
  out: { type: 'string' },
  adopt: { type: 'boolean', default: false },
  'rotate-key': { type: 'boolean', default: false },
  'rotate-management-key': { type: 'boolean', default: false },
  'finish-rotation': { type: 'boolean', default: false },
} as const;

/** What `--help` says. */
export const USAGE = `npm run setup -- [options]

Asks for what is not given and was not given before.

  --domain HOST                the tenant's canonical domain: example.eu.auth0.com
  --agents-domain HOST         where agents sign in
  --customers-domain HOST      where customers sign in; best another one than the agents'
  --agent-connection NAME      connection of the agents; may be repeated
  --customer-connection NAME   connection of customers; may be repeated
  --backend ORIGIN             the backend's own origin: https://understudy.example.com
  --target ID[=LOGIN-URL]      client id of an app to act in; may be repeated
  --organization ID            organization whose members are acted for; may be repeated
  --protected-role NAME        role whose holders nobody acts for; may be repeated
  --first-agent USER-ID        gets the agents' role at once
  --management-auth METHOD     private_key_jwt, if the plan has it (Enterprise), or client_secret (default)
  --subject-keys WAY           pinned in the Action (default), or address: the Action fetches them from the
                               backend, and whoever takes over that address can sign launches
  --extension-id ID            Chromium id of the extension, if it is not the built one's
  --name NAME                  begins the name of all that is made (default: Understudy)
  --folder PATH                where the files go (default: here)
  --plan                       only print what would be done
  --yes                        do not ask before doing it
  --remove                     undo exactly what the record says was done
  --out deploy-cli|terraform   write a folder for that tool instead of applying; it changes nothing
  --adopt                      take over what that tool made, by the names in the folder
  --rotate-key                 add a new signing key, then sign with it
  --rotate-management-key      the same for the key of private_key_jwt
  --finish-rotation            remove the previous key

The operator's token comes from UNDERSTUDY_OPERATOR_TOKEN or is asked for. It is never a flag, and never kept.
`;

const targetOf = (text: string): { clientId: string; loginUrl?: string } => {
  const [clientId = '', ...url] = text.split('=');
  return url.length === 0 ? { clientId } : { clientId, loginUrl: url.join('=') };
};

/** Each says what a run is to do; of several, all but one would have no effect. */
const TASKS = [
  'plan',
  'remove',
  'out',
  'adopt',
  'rotate-key',
  'rotate-management-key',
  'finish-rotation',
] as const;

const modeOf = (values: Readonly<{ [Task in (typeof TASKS)[number]]?: unknown }>): Mode => {
  const { plan, remove, out } = values;
  const [first, second] = TASKS.filter((task) => values[task]);
  if (second !== undefined) {
    throw new UsageError(`Use either --${first} or --${second}.`);
  }
  if (out === 'deploy-cli' || out === 'terraform') {
    return out;
  }
  if (out !== undefined) {
    throw new UsageError('--out is deploy-cli or terraform.');
  }
  return remove ? 'remove' : plan ? 'plan' : 'apply';
};

/** Reads the command line. @throws {UsageError} */
export const readCommandLine = (args: readonly string[]): CommandLine => {
  const { values } = readArguments(args, OPTIONS, 0);
  const answers = {
    domain: values.domain,
    agentsOrigin: values['agents-domain'] && originOfDomain(values['agents-domain']),
    customersOrigin: values['customers-domain'] && originOfDomain(values['customers-domain']),
    agentConnections: values['agent-connection'],
    customerConnections: values['customer-connection'],
    backendOrigin: values.backend?.replace(/\/$/, ''),
    extensionIds: values['extension-id'],
    targets: values.target?.map(targetOf),
    organizations: values.organization,
    protectedRoles: values['protected-role'],
    firstAgent: values['first-agent'],
    managementAuthentication: values['management-auth'],
    subjectKeys: values['subject-keys'],
    name: values.name,
  };
  return {
    mode: modeOf(values),
    yes: values.yes,
    folder: values.folder,
    adopt: values.adopt,
    rotates: values['rotate-key']
      ? 'signing'
      : values['rotate-management-key']
        ? 'management'
        : undefined,
    finishRotation: values['finish-rotation'],
    answers: Object.fromEntries(Object.entries(answers).filter(([, value]) => value !== undefined)),
  };
};

const FLAGS: Readonly<Record<string, string>> = {
  agentsOrigin: 'agents-domain',
  customersOrigin: 'customers-domain',
  agentConnections: 'agent-connection',
  customerConnections: 'customer-connection',
  backendOrigin: 'backend',
  extensionIds: 'extension-id',
  targets: 'target',
  organizations: 'organization',
  protectedRoles: 'protected-role',
  firstAgent: 'first-agent',
  managementAuthentication: 'management-auth',
  subjectKeys: 'subject-keys',
};

/**
 * Checks all answers together.
 * @throws {UsageError} naming every flag that is missing or wrong.
 */
export const parseAnswers = (raw: Readonly<Record<string, unknown>>): Answers => {
  const parsed = answersSchema.safeParse(raw);
  if (parsed.success) {
    return parsed.data;
  }
  const problems = parsed.error.issues.map(({ path: [field = ''], message }) => {
    const flag = FLAGS[String(field)] ?? String(field);
    return raw[String(field)] === undefined ? `--${flag} is missing` : `--${flag}: ${message}`;
  });
  throw new UsageError([...new Set(problems)].join('\n'));
};
