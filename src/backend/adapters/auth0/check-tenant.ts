import type { ManagementClient } from 'auth0';
import * as z from 'zod/mini';
import { TenantRefusesBackendError, TenantUnavailableError } from '../../ports/tenant-errors.ts';
import { readLimited } from '../../read-limited.ts';
import { type ClientSecrets, createClientSecrets } from './client-secrets.ts';
import { managementItems } from './management/management.ts';
import {
  authenticationParameters,
  type ManagementAuthentication,
} from './management/management-authentication.ts';
import {
  type ApplicationProblems,
  extensionSettingProblems,
  requestingSettingProblems,
  scopeProblems,
  targetSettingProblems,
} from './management/setting-problems.ts';

const TIMEOUT_MILLISECONDS = 5_000;
const MAX_ANSWER_BYTES = 64 * 1024;
const PAGE_SIZE = 100;

/** The settings that only the tenant can tell right from wrong. */
export type TenantSettingsToCheck = {
  readonly management: ManagementClient;
  readonly managementDomain: string;
  readonly managementClientId: string;
  readonly managementAuthentication: ManagementAuthentication;
  readonly tokenEndpoint: string;
  readonly sessionTransferAudience: string;
  readonly subjectTokenType: string;
  readonly requestingClientId: string;
  readonly requestingClientSecrets: ClientSecrets;
  readonly extensionClientId: string;
  readonly connections: readonly string[];
  readonly linkedConnectionsAllowed: readonly string[];
  /** Chromium ids of the extension. */
  readonly extensionIds: readonly string[];
  /** Client ids of the configured target apps. */
  readonly targetApps: readonly string[];
  /** Takes what is in the way of some launches, but not of all. */
  readonly warn: (problem: string) => void;
};

const tokenAnswerSchema = z.object({
  error: z.optional(z.string()),
  scope: z.optional(z.string()),
});

/** What a token endpoint said, without the token. */
type TokenAnswer = {
  readonly status: number;
  readonly error: string | undefined;
  readonly scope: string | undefined;
};

/** Asks a token endpoint; gives the status, the OAuth error and the granted scope. */
const askForToken = async (
  endpoint: string,
  form: Readonly<Record<string, string>>,
): Promise<TokenAnswer> => {
  try {
    const response = await fetch(endpoint, {
      method: 'POST',
      body: new URLSearchParams(form),
      signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
    });
    const { status } = response;
    const text = (await readLimited(response.body, MAX_ANSWER_BYTES)) ?? '';
    if (status === 429 || status >= 500) {
      throw new TenantUnavailableError(`The token endpoint answered ${status}.`);
    }
    const body = URL.canParse(endpoint) && text.startsWith('{') ? JSON.parse(text) : undefined;
    const { error, scope } = tokenAnswerSchema.safeParse(body).data ?? {};
    return { status, error, scope };
  } catch (cause) {
    if (cause instanceof TenantUnavailableError) {
      throw cause;
    }
    throw new TenantUnavailableError('The token endpoint did not answer.', { cause });
  }
};

const isRefusedClient = ({ status, error }: TokenAnswer): boolean =>
  status === 401 || error === 'invalid_client';

const managementProblems = async (settings: TenantSettingsToCheck): Promise<readonly string[]> => {
  const { managementDomain: domain, managementAuthentication: authentication } = settings;
  const answer = await askForToken(`https://${domain}/oauth/token`, {
    grant_type: 'client_credentials',
    audience: `https://${domain}/api/v2/`,
    ...Object.fromEntries(
      await authenticationParameters(domain, settings.managementClientId, authentication),
    ),
  });
  if (isRefusedClient(answer)) {
    const secret =
      authentication.method === 'client_secret'
        ? 'UNDERSTUDY_MANAGEMENT_CLIENT_SECRET'
        : 'UNDERSTUDY_MANAGEMENT_KEY';
    return [`auth0.managementClientId: the tenant does not accept this client id with ${secret}`];
  }
  return answer.status === 403
    ? ['auth0.managementClientId: the tenant lets this client not use the Management API']
    : scopeProblems(answer.scope);
};

/** Asks for an exchange without a subject token: refused in any case, but for another reason when the secret is right. */
const requestingProblems = async (settings: TenantSettingsToCheck): Promise<readonly string[]> => {
  const withClientSecret = createClientSecrets(settings.requestingClientSecrets);
  const answer = await withClientSecret(
    (secret) =>
      askForToken(settings.tokenEndpoint, {
        grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
        client_id: settings.requestingClientId,
        client_secret: secret,
        audience: settings.sessionTransferAudience,
        subject_token_type: settings.subjectTokenType,
      }),
    isRefusedClient,
  );
  return isRefusedClient(answer)
    ? [
        'auth0.requestingClientId: the tenant does not accept this client id with UNDERSTUDY_CLIENT_SECRET',
      ]
    : [];
};

const connectionProblems = async (settings: TenantSettingsToCheck): Promise<readonly string[]> => {
  const connections = await managementItems(
    settings.management.connections.list({ take: PAGE_SIZE }),
  );
  const known = new Set(connections.map(({ name }) => name));
  const unknown = (field: string, names: readonly string[]) =>
    names.flatMap((name, index) =>
      known.has(name) ? [] : [`${field}.${index}: the tenant has no connection "${name}"`],
    );
  return [
    ...unknown('customers.connections', settings.connections),
    ...unknown('customers.linkedConnectionsAllowed', settings.linkedConnectionsAllowed),
  ];
};

/** A check that the backend lacks the scope for proves nothing: then the answer is the one without a problem. */
const unlessNotAllowed = async <T>(answer: Promise<T>, fine: T): Promise<T> => {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof TenantRefusesBackendError) {
      return fine;
    }
    throw error;
  }
};

const NO_PROBLEM: ApplicationProblems = { exists: true, problems: [] };

/**
 * Says what the tenant contradicts in the configuration: credentials that it refuses, a scope too many,
 * applications and connections that it does not have, and settings of the requesting application with which
 * no launch could succeed; each with its field. What is only in the way of some launches goes to `warn`.
 * @throws {TenantUnavailableError} when the tenant does not answer, so that nothing is proven.
 */
export const checkTenant = async (settings: TenantSettingsToCheck): Promise<readonly string[]> => {
  const [credentials, secret] = await Promise.all([
    managementProblems(settings),
    requestingProblems(settings),
  ]);
  if (credentials.length > 0) {
    return [...credentials, ...secret];
  }
  const { management, extensionClientId, extensionIds } = settings;
  const [requesting, extension, targets, connections] = await Promise.all([
    unlessNotAllowed(
      requestingSettingProblems(management, settings.requestingClientId),
      NO_PROBLEM,
    ),
    unlessNotAllowed(
      extensionSettingProblems(management, extensionClientId, extensionIds),
      NO_PROBLEM,
    ),
    unlessNotAllowed(targetSettingProblems(management, settings.targetApps), []),
    unlessNotAllowed(connectionProblems(settings), []),
  ]);
  for (const problem of [...(extension.exists ? extension.problems : []), ...targets]) {
    settings.warn(problem);
  }
  return [
    // An unknown client id is refused with any secret: one sentence about it is enough.
    ...(requesting.exists ? secret : []),
    ...requesting.problems,
    ...(extension.exists ? [] : extension.problems),
    ...connections,
  ];
};
