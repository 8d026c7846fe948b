import type { Caller, TenantContext } from '../../context.ts';
import type { SessionTransferToken } from '../../memory.ts';
import type { TenantUser } from '../../model.ts';
import type { AuthorizationRequest } from '../authorize/authorization-request.ts';

/** How a session transfer token travelled to `/authorize`. */
export type Delivery = 'query' | 'cookie';

/** A session transfer token of its own user, presented at `/authorize`. */
export type OwnRedemption = {
  context: TenantContext;
  caller: Caller;
  request: AuthorizationRequest;
  token: SessionTransferToken;
  /** Whether the token had been presented before. */
  wasUsed: boolean;
  delivery: Delivery;
  /** The user that it is for, when they still exist. */
  user: TenantUser | undefined;
};

/** One rule; whoever breaks it gets the login page, and the log the warning that comes back. */
export type NativeToWebCheck = (redemption: OwnRedemption) => string | undefined;
