import * as oauth from 'oauth4webapi';
import type { Clock } from '../../../ports/clock.ts';
import type { ExchangeRequest, PreparedExchange } from '../../../ports/identity-provider.ts';
import { TenantUnavailableError } from '../../../ports/tenant-errors.ts';
import { readLimited } from '../../../read-limited.ts';
import { type ClientSecrets, createClientSecrets } from '../client-secrets.ts';
import type { TenantEndpoints } from '../tenant-endpoints.ts';
import { isRefusedClient, readExchangeAnswer } from './exchange-answer.ts';
import { type SubjectTokenIssuer, signSubjectToken } from './subject-token.ts';

const GRANT_TYPE = 'urn:ietf:params:oauth:grant-type:token-exchange';
const ID_TOKEN_TYPE = 'urn:ietf:params:oauth:token-type:id_token';
const TIMEOUT_MILLISECONDS = 10_000;
const MAX_ANSWER_BYTES = 64 * 1024;

export type SessionTransferOptions = {
  readonly tenant: TenantEndpoints;
  readonly clientId: string;
  readonly clientSecrets: ClientSecrets;
  readonly subjectTokenType: string;
  readonly subjectTokens: SubjectTokenIssuer;
  readonly clock: Clock;
  /** Sends the exchange. */
  readonly fetch: typeof fetch;
  /** Aborted when the backend must not wait for the tenant any longer. */
  readonly cutOff: AbortSignal;
};

/** Reads a short JSON answer; anything that is no JSON is `undefined`, which its reader judges by the status. */
const readJson = async (response: Response): Promise<unknown> => {
  const text = await readLimited(response.body, MAX_ANSWER_BYTES);
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
};

/**
 * Makes the custom token exchange in two steps, so that the subject token is signed while the caller still waits for
 * something else. The second is one POST to the domain where agents sign in, never repeated but where the tenant does
 * not know the client's secret and there is another one.
 * @see RFC 8693 §2.1; Auth0 "Custom Token Exchange"
 * @throws {TenantUnavailableError} in the second step, when there is no answer within 10 s or before the cut-off, or
 * none that makes sense.
 */
export const createSessionTransfer = (options: SessionTransferOptions) => {
  const { tenant } = options;
  const server: oauth.AuthorizationServer = {
    issuer: tenant.issuer,
    token_endpoint: tenant.tokenEndpoint,
  };
  const client: oauth.Client = { client_id: options.clientId };
  const withClientSecret = createClientSecrets(options.clientSecrets);

  const exchange = async (request: ExchangeRequest, subjectToken: Promise<string>) => {
    const parameters = new URLSearchParams({
      audience: tenant.sessionTransferAudience,
      subject_token_type: options.subjectTokenType,
      subject_token: await subjectToken,
      actor_token_type: ID_TOKEN_TYPE,
      actor_token: request.actorToken,
      ...(request.organizationId && { organization: request.organizationId }),
    });
    try {
      const signal = AbortSignal.any([AbortSignal.timeout(TIMEOUT_MILLISECONDS), options.cutOff]);
      const answer = await withClientSecret(async (secret) => {
        const response = await oauth.genericTokenEndpointRequest(
          server,
          client,
          oauth.ClientSecretPost(secret),
          GRANT_TYPE,
          parameters,
          {
            headers: { 'auth0-forwarded-for': request.agentIp },
            signal,
            [oauth.allowInsecureRequests]: tenant.insecure,
            [oauth.customFetch]: options.fetch,
          },
        );
        return { status: response.status, body: await readJson(response) };
      }, isRefusedClient);
      return readExchangeAnswer(answer.status, answer.body);
    } catch (cause) {
      if (cause instanceof TenantUnavailableError) {
        throw cause;
      }
      throw new TenantUnavailableError('The token endpoint did not answer.', { cause });
    }
  };

  return (request: ExchangeRequest): PreparedExchange => {
    const subjectToken = signSubjectToken(request, options.subjectTokens, options.clock());
    // What goes wrong is told by the second step, which need not follow.
    subjectToken.catch(() => undefined);
    return () => exchange(request, subjectToken);
  };
};
