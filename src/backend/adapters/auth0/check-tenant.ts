import type { ManagementClient } from 'auth0';
import * as z from 'zod/mini';
import { TenantRefusesBackendError, TenantUnavailableError } from '../../ports/tenant-errors.ts';
import { readLimited } from '../../read-limited.ts';
import { managementAnswer, managementItems } from './management.ts';

const TIMEOUT_MILLISECONDS = 5_000;
const MAX_ANSWER_BYTES = 64 * 1024;
const PAGE_SIZE = 100;

/** The settings that only the tenant can tell right from wrong. */
export type TenantSettingsToCheck = {
  readonly management: ManagementClient;
  readonly managementDomain: string;
  readonly managementClientId: string;
  readonly managementClientSecret: string;
  readonly tokenEndpoint: string;
  readonly sessionTransferAudience: string;
  readonly subjectTokenType: string;
  readonly requestingClientId: string;
  readonly requestingClientSecret: string;
  readonly extensionClientId: string;
  readonly connections: readonly string[];
  readonly linkedConnectionsAllowed: readonly string[];
};

const oauthErrorSchema = z.object({ error: z.string() });

/** Asks a token endpoint; gives the status and the OAuth error. */
const askForToken = async (
  endpoint: string,
  form: Readonly<Record<string, string>>,
): Promise<{ readonly status: number; readonly error: string | undefined }> => {
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
    return { status, error: oauthErrorSchema.safeParse(body).data?.error };
  } catch (cause) {
    if (cause instanceof TenantUnavailableError) {
      throw cause;
    }
    throw new TenantUnavailableError('The token endpoint did not answer.', { cause });
  }
};

const isRefusedClient = ({ status, error }: { status: number; error: string | undefined }) =>
  status === 401 || error === 'invalid_client';

const managementProblems = async (settings: TenantSettingsToCheck): Promise<readonly string[]> => {
  const answer = await askForToken(`https://${settings.managementDomain}/oauth/token`, {
    grant_type: 'client_credentials',
    client_id: settings.managementClientId,
    client_secret: settings.managementClientSecret,
    audience: `https://${settings.managementDomain}/api/v2/`,
  });
  if (isRefusedClient(answer)) {
    return [
      'auth0.managementClientId: the tenant does not accept this client id with UNDERSTUDY_MANAGEMENT_CLIENT_SECRET',
    ];
  }
  return answer.status === 403
    ? ['auth0.managementClientId: the tenant lets this client not use the Management API']
    : [];
};

/** Asks for an exchange without a subject token: refused in any case, but for another reason when the secret is right. */
const requestingProblems = async (settings: TenantSettingsToCheck): Promise<readonly string[]> => {
  const answer = await askForToken(settings.tokenEndpoint, {
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    client_id: settings.requestingClientId,
    client_secret: settings.requestingClientSecret,
    audience: settings.sessionTransferAudience,
    subject_token_type: settings.subjectTokenType,
  });
  return isRefusedClient(answer)
    ? [
        'auth0.requestingClientId: the tenant does not accept this client id with UNDERSTUDY_CLIENT_SECRET',
      ]
    : [];
};

const applicationProblems = async (
  { management }: TenantSettingsToCheck,
  field: string,
  clientId: string,
): Promise<readonly string[]> => {
  const client = await managementAnswer(
    management.clients.get(clientId, { fields: 'client_id', include_fields: true }),
  );
  return client ? [] : [`${field}: the tenant has no application "${clientId}"`];
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

/** A check that the backend lacks the scope for proves nothing. */
const unlessNotAllowed = async (
  problems: Promise<readonly string[]>,
): Promise<readonly string[]> => {
  try {
    return await problems;
  } catch (error) {
    if (error instanceof TenantRefusesBackendError) {
      return [];
    }
    throw error;
  }
};

/**
 * Says what the tenant contradicts in the configuration: credentials that it refuses, applications and
 * connections that it does not have; each with its field.
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
  const known = await Promise.all([
    unlessNotAllowed(
      applicationProblems(settings, 'auth0.requestingClientId', settings.requestingClientId),
    ),
    unlessNotAllowed(
      applicationProblems(settings, 'auth0.extensionClientId', settings.extensionClientId),
    ),
    unlessNotAllowed(connectionProblems(settings)),
  ]);
  const [requesting = []] = known;
  // An unknown client id is refused with any secret: one sentence about it is enough.
  return [...(requesting.length > 0 ? [] : secret), ...known.flat()];
};
