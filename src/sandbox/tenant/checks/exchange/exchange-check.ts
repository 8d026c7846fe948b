import type { Caller, TenantContext } from '../../context.ts';
import type { TenantClient } from '../../model.ts';
import type { OAuthError } from '../../oauth-error.ts';

/** An authenticated token-exchange request before its Action has run. */
export type ExchangeRequest = {
  context: TenantContext;
  caller: Caller;
  client: TenantClient;
  parameters: Record<string, string>;
  /** Address of the browser on whose behalf the exchange happens. */
  ip: string;
};

/** One rule; gives the refusal when the request breaks it. */
export type ExchangeCheck = (request: ExchangeRequest) => OAuthError | undefined;

/** Whether the request asks for a session transfer token; only the audience decides that. */
export const asksForSessionTransfer = ({ parameters, caller }: ExchangeRequest): boolean =>
  parameters['audience'] === caller.domain.sessionTransferAudience;
