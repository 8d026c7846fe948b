import { badRequest } from '../../oauth-error.ts';
import type { LogoutCheck, LogoutRequest } from './logout-check.ts';

/**
 * The URLs that a logout may go on to: the client's when it is named, the tenant's without one. For
 * a client that only the hint tells, that is a choice of this tenant.
 */
export const allowedTargets = ({ context, parameters, client }: LogoutRequest): string[] => {
  const named = parameters['client_id'] !== undefined;
  const asClient = named || context.choices.hintSelectsLogoutUrlsOf === 'application';
  return client && asClient ? client.allowed_logout_urls : context.directory.data.allowedLogoutUrls;
};

/** `post_logout_redirect_uri` is an allowed logout URL. @see RP-Initiated Logout 1.0 §3 */
export const redirectAllowed: LogoutCheck = (request) => {
  const target = request.parameters['post_logout_redirect_uri'];
  return target === undefined || allowedTargets(request).includes(target)
    ? undefined
    : badRequest(
        'invalid_request',
        'The post_logout_redirect_uri is not in the list of allowed logout URLs.',
      );
};
