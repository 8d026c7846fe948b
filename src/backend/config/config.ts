import { BlockList, isIP } from 'node:net';
import * as z from 'zod/mini';
import { targetAppIdSchema } from '../../contract/ids.ts';
import { RECORD_KEY_GROUP, recordPatternSchema } from '../../contract/record.ts';
import { readDatabaseUrl } from '../adapters/ledger/postgres/database-address.ts';
import { policyConfigSchema } from './policy-config.ts';

z.config(z.locales.en());

const listenSchema = z.strictObject({
  host: z._default(z.string(), '127.0.0.1'),
  port: z.int().check(z.minimum(0), z.maximum(65_535)),
});

/** An address (`10.0.0.7`, `::1`) or a range (`10.0.0.0/8`). */
const isAddressRange = (text: string): boolean => {
  const [address = '', prefix] = text.split('/');
  const version = isIP(address);
  if (version === 0 || text.split('/').length > 2) {
    return false;
  }
  return (
    prefix === undefined ||
    (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128))
  );
};

const isOrigin = (text: string): boolean => URL.parse(text)?.origin === text;

const originSchema = z
  .string()
  .check(z.refine(isOrigin, 'must be an origin such as https://app.example.com'));
const urlSchema = z
  .string()
  .check(z.refine((text) => URL.canParse(text), 'must be an absolute URL'));
const nonEmpty = z.string().check(z.minLength(1));
const isHost = (text: string): boolean => URL.parse(`https://${text}`)?.host === text.toLowerCase();
const hostSchema = z
  .string()
  .check(
    z.refine(
      isHost,
      'must be a host such as login.example.com, without https:// and without a path',
    ),
  );
const count = z.int().check(z.minimum(1));
const databaseUrlSchema = z.string().check((payload) => {
  const address = readDatabaseUrl(payload.value);
  if ('problem' in address) {
    payload.issues.push({ code: 'custom', message: address.problem, input: payload.value });
  }
});

const targetAppOverrideSchema = z.strictObject({
  /** Overrides the client's `initiate_login_uri`. */
  loginUrl: z.optional(urlSchema),
  logoutUrl: z.optional(urlSchema),
  /** Host (with port) whose Auth0 session the app uses. Default: the host of `auth0.issuer`. */
  loginDomain: z.optional(hostSchema),
  /** Default: the origin of the login URL. */
  origins: z.optional(z.array(originSchema)),
  /** Client ids of further apps that a session made for this app may open; the post-login Action's secret `ALSO_OPENS` says the same. */
  alsoOpens: z.optional(z.array(targetAppIdSchema)),
});

const isRecordPattern = (text: string): boolean => {
  try {
    new URLPattern(text);
    return /^https?:\/\//.test(text) && text.includes(`:${RECORD_KEY_GROUP}`);
  } catch {
    return false;
  }
};

const recordPatternConfigSchema = z.extend(recordPatternSchema, {
  system: nonEmpty,
  urlPattern: z
    .string()
    .check(
      z.refine(isRecordPattern, 'must be a URLPattern on http or https with a group named ":key"'),
    ),
});

/** The backend's config file. Unknown fields are refused, secrets have no place in it. */
export const configFileSchema = z.strictObject({
  /** The backend's own origin, as extensions reach it; also the API's audience in the tenant. */
  publicOrigin: originSchema,
  listen: listenSchema,
  /** Prometheus metrics; loopback unless you say otherwise. */
  metricsListen: listenSchema,
  /** Accept `http` on `*.localhost`. For development against a local tenant. */
  allowInsecureLocalhost: z._default(z.boolean(), false),
  auth0: z.strictObject({
    /** Issuer URL of the domain where agents sign in, with trailing slash. */
    issuer: urlSchema.check(z.endsWith('/', 'must end with a slash, as Auth0 issuers do')),
    /** The tenant's canonical domain, where the Management API lives. */
    managementDomain: hostSchema,
    requestingClientId: nonEmpty,
    managementClientId: nonEmpty,
    /** How that client authenticates; with a key where the plan has Private Key JWT. */
    managementAuthentication: z._default(
      z.enum(['client_secret', 'private_key_jwt']),
      'client_secret',
    ),
    extensionClientId: nonEmpty,
    /** How late an entry of the tenant's log may be, in seconds; a session is looked for that much longer. */
    logLagSeconds: z._default(count, 300),
    /** The plan has session metadata, and the post-login Action's secret `SESSION_METADATA` is `on`. */
    sessionMetadata: z._default(z.boolean(), false),
    subjectTokenType: urlSchema,
  }),
  extension: z.strictObject({
    /** Chromium extension ids that may call the API. */
    ids: z.array(z.string().check(z.regex(/^[a-p]{32}$/, 'must be a Chromium extension id'))),
  }),
  customers: z.strictObject({
    connections: z.array(nonEmpty).check(z.minLength(1)),
    /** Connections besides those that a customer's account may be linked to, such as social ones. */
    linkedConnectionsAllowed: z._default(z.array(nonEmpty), []),
    /** Field in `app_metadata` that holds a customer's id in other systems. */
    externalIdField: z._default(
      z.string().check(z.regex(/^[A-Za-z0-9_]+$/, 'must be letters, digits and underscores')),
      'external_id',
    ),
  }),
  /** How customers' records are recognised in other systems' pages. */
  recordPatterns: z._default(z.array(recordPatternConfigSchema), []),
  protection: z.strictObject({
    /** Roles whose holders nobody may act for. */
    roles: z.array(nonEmpty),
    /** Roles of the agents themselves; protected as well. */
    staffRoles: z.array(nonEmpty),
    /** Key in `app_metadata` whose value `true` protects an account. */
    metadataKey: z._default(nonEmpty, 'understudy_protected'),
  }),
  policy: policyConfigSchema,
  /** Origins that may receive a session transfer token. */
  loginOrigins: z.array(originSchema),
  targetApps: z.record(z.string(), targetAppOverrideSchema),
  /** Proxies in front of the backend whose `X-Forwarded-For` entries are believed. */
  trustedProxies: z.array(
    z.string().check(z.refine(isAddressRange, 'must be an address or a range in CIDR notation')),
  ),
  ledger: z
    .strictObject({
      /** The folder of an embedded database, for one process. */
      dataFolder: z.optional(nonEmpty),
      /** A PostgreSQL database, for any number: `postgres://writer@host/database`. Its password comes from the environment. */
      databaseUrl: z.optional(databaseUrlSchema),
      /** PEM file of the authority that signed a remote database's certificate. Default: the system's authorities. */
      databaseCaFile: z.optional(nonEmpty),
      /** The role of that database that erases personal values. Absent: this backend erases nothing there. */
      eraser: z.optional(nonEmpty),
      /** Signed checkpoints of the ledger; the key comes from the environment. Absent: none are made. */
      checkpoints: z.optional(
        z.strictObject({
          /** Where the signer remembers what it signed: a file outside the database, kept as well as the database. */
          stateFile: nonEmpty,
          /** A folder that each checkpoint is written to. */
          folder: z.optional(nonEmpty),
          /** An address of another system that each checkpoint is posted to. */
          webhook: z.optional(urlSchema),
          /** An authority that signs when each checkpoint existed (RFC 3161); needs `folder` for its answers. */
          timestampAuthority: z.optional(urlSchema),
        }),
      ),
    })
    .check(
      z.refine(
        ({ dataFolder, databaseUrl }) => (dataFolder === undefined) !== (databaseUrl === undefined),
        'must have either "dataFolder" or "databaseUrl"',
      ),
      z.refine(
        ({ checkpoints }) =>
          checkpoints?.timestampAuthority === undefined || checkpoints.folder !== undefined,
        'checkpoints.timestampAuthority needs checkpoints.folder',
      ),
    ),
  /** `paused` refuses every new launch: the stop switch. */
  launches: z._default(z.strictObject({ paused: z._default(z.boolean(), false) }), {
    paused: false,
  }),
  limits: z._default(
    z.strictObject({
      launchesPerMinute: z._default(count, 240),
      searchesPerMinute: z._default(count, 240),
      /** Every other call of one agent: what became of a launch, ending it, looking at it. */
      otherCallsPerMinute: z._default(count, 600),
      /** Customers whom one agent may look at in an hour, in lists or one by one. */
      customersReadPerHour: z._default(count, 1_000),
      /** Calls to the Management API of the whole backend, below what the tenant's plan allows. */
      tenantCallsPerSecond: z._default(count, 10),
    }),
    {
      launchesPerMinute: 240,
      searchesPerMinute: 240,
      otherCallsPerMinute: 600,
      customersReadPerHour: 1_000,
      tenantCallsPerSecond: 10,
    },
  ),
});

/** Secrets, from the environment or from files that it names. */
export type Secrets = {
  readonly requestingClientSecret: string;
  /** The one that will follow it, while it is being replaced; taken where the tenant does not know the first. */
  readonly nextRequestingClientSecret: string | undefined;
  /** The management client's secret or, with `private_key_jwt`, its private JWK (RS256). */
  readonly managementCredential: string;
  /** Private JWK, ES256, with `kid`. */
  readonly signingKey: string;
  /** Keys that are published beside it while it is being rotated, never signed with. */
  readonly otherSigningKeys: readonly string[];
  /** Absent where the database asks for none, or the ledger is embedded. */
  readonly databasePassword: string | undefined;
  /** The password of `ledger.eraser`, likewise. */
  readonly eraserPassword: string | undefined;
  /** Private JWK, Ed25519, that signs checkpoints of the ledger; required with `ledger.checkpoints`. */
  readonly ledgerKey: string | undefined;
  /** The key before that one, until checkpoints that it signed have been gone on from. */
  readonly ledgerKeyBefore: string | undefined;
};

export type Config = z.infer<typeof configFileSchema> & { readonly secrets: Secrets };

/** The configuration is unusable. Each problem names the field and what is wrong with it, never a secret. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];
  constructor(problems: readonly string[], options?: ErrorOptions) {
    super(problems.join('\n'), options);
    this.problems = problems;
  }
}

/** Makes a matcher of the configured proxies. */
export const trustedProxyList = (ranges: readonly string[]): BlockList => {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = '', prefix] = range.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    list.addSubnet(
      address,
      prefix === undefined ? (family === 'ipv6' ? 128 : 32) : Number(prefix),
      family,
    );
  }
  return list;
};
