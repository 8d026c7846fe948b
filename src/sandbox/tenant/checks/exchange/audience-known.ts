import { badRequest } from '../../oauth-error.ts';
import { asksForSessionTransfer, type ExchangeCheck } from './exchange-check.ts';

/** The audience is this domain's session transfer, or an API of the tenant, or absent. */
export const audienceKnown: ExchangeCheck = (request) => {
  const { audience } = request.parameters;
  if (audience === undefined || asksForSessionTransfer(request)) {
    return undefined;
  }
  return request.context.directory.resourceServer(audience)
    ? undefined
    : badRequest('invalid_request', `Service not found: ${audience}`);
};
