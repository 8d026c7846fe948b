import { type RedemptionCheck, refusedDelegation } from './redemption-check.ts';

/** The token is scoped to a connection, which the target app must have enabled. */
export const connectionEnabled: RedemptionCheck = ({ context, token, request }) =>
  context.directory.isConnectionEnabled(token.connection, request.client)
    ? undefined
    : refusedDelegation(
        context,
        'access_denied',
        'connection-not-enabled',
        'The connection is not enabled for the application.',
      );
