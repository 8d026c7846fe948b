import { badRequest } from '../../oauth-error.ts';
import { asksForSessionTransfer, type ExchangeCheck } from './exchange-check.ts';

/** `session_transfer.can_create_session_transfer_token` gates the session transfer audience. */
export const clientMayCreateSessionTransfer: ExchangeCheck = (request) =>
  !asksForSessionTransfer(request) ||
  request.client.session_transfer?.can_create_session_transfer_token === true
    ? undefined
    : badRequest(
        request.context.choices.sessionTransferDisabledCode,
        'The client may not create session transfer tokens.',
      );
