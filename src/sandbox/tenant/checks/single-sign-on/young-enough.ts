import type { TenantContext } from '../../context.ts';
import type { Session } from '../../memory.ts';
import type { AuthorizationRequest } from '../authorize/authorization-request.ts';

/**
 * Whether a session's sign-in is no older than the request's `max_age`, in seconds. An older one answers nothing:
 * the person signs in again.
 *
 * @see OpenID Connect Core §3.1.2.1
 */
export const isYoungEnough = (
  { clock }: TenantContext,
  { parameters }: AuthorizationRequest,
  { createdAt }: Session,
): boolean => {
  const { max_age: maxAge } = parameters;
  return maxAge === undefined || clock() - createdAt <= Number(maxAge) * 1000;
};
