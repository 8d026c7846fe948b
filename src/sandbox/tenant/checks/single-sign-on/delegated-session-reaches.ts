import type { TenantContext } from '../../context.ts';
import type { Session } from '../../memory.ts';
import type { TenantClient } from '../../model.ts';

/**
 * Whether a delegated session signs on silently at an app that allows delegated access: at the one
 * that it was made for, and by choice of this tenant at every other.
 */
export const delegatedSessionReaches = (
  { choices }: TenantContext,
  session: Session,
  client: TenantClient,
): boolean =>
  client.session_transfer?.delegation?.allow_delegated_access === true &&
  (choices.delegatedSessionReach === 'suite' || session.clientIds[0] === client.client_id);
