import { managementAudience } from '../domain.ts';
import { badRequest } from '../oauth-error.ts';
import type { GrantAnswer, GrantHandler, GrantRequest } from './grant.ts';

const LIFETIME_IN_SECONDS = 86_400;

const answer = async (request: GrantRequest): Promise<GrantAnswer> => {
  const { context, client, parameters, caller } = request;
  const audience = parameters['audience'];
  if (client.token_endpoint_auth_method === 'none') {
    return { error: badRequest('unauthorized_client', 'A public client has no credentials.') };
  }
  if (!audience) {
    return { error: badRequest('invalid_request', 'Missing required parameter: audience') };
  }
  const isManagement = audience === managementAudience(context.domains);
  if (!isManagement && !context.directory.resourceServer(audience)) {
    return {
      error: { error: 'access_denied', description: `Service not found: ${audience}`, status: 403 },
    };
  }
  const grant = context.directory.data.clientGrants.find(
    (candidate) => candidate.client_id === client.client_id && candidate.audience === audience,
  );
  if (!grant) {
    return {
      error: {
        error: 'access_denied',
        description: `Client is not authorized to access "${audience}".`,
        status: 403,
      },
    };
  }
  const wanted = parameters['scope']?.split(' ').filter(Boolean);
  const scope = (wanted ? grant.scope.filter((name) => wanted.includes(name)) : grant.scope).join(
    ' ',
  );
  const now = Math.floor(context.clock() / 1000);
  const accessToken = await context.signer.sign(
    {
      iss: caller.domain.issuer,
      sub: `${client.client_id}@clients`,
      aud: audience,
      azp: client.client_id,
      iat: now,
      exp: now + LIFETIME_IN_SECONDS,
      scope,
      gty: 'client-credentials',
    },
    'JWT',
  );
  return {
    tokens: {
      access_token: accessToken,
      scope,
      expires_in: LIFETIME_IN_SECONDS,
      token_type: 'Bearer',
    },
  };
};

/** A machine's access token for an API it has a client grant for. @see RFC 6749 §4.4 */
export const clientCredentials: GrantHandler = async (request) => {
  const given = await answer(request);
  request.context.log.write({
    type: 'error' in given ? 'feccft' : 'seccft',
    description: 'error' in given ? given.error.description : undefined,
    client: request.client,
    audience: request.parameters['audience'],
    ip: request.ip,
    hostname: request.caller.domain.hostname,
  });
  return given;
};
