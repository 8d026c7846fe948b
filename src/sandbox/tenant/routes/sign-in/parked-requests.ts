import type { Context } from 'hono';
import {
  type AuthorizationRequest,
  describeAuthorizationRequest,
} from '../../checks/authorize/authorization-request.ts';
import type { TenantContext, TenantEnv } from '../../context.ts';
import type { ParkedRequest } from '../../memory.ts';
import { errorPage } from '../../pages/error-page.ts';
import { deviceOf, ensureDevice } from '../../sessions/session-cookies.ts';

const LIFETIME_IN_MILLISECONDS = 60 * 60 * 1000;

/** A request bound to its browser's device id; a spent session transfer token does not travel on. */
export const parkedFor = (
  c: Context<TenantEnv>,
  context: TenantContext,
  request: AuthorizationRequest,
): ParkedRequest => {
  const { session_transfer_token: _spent, ...parameters } = request.parameters;
  return {
    parameters,
    origin: c.var.domain.origin,
    device: ensureDevice(context, c),
    expiresAt: context.clock() + LIFETIME_IN_MILLISECONDS,
  };
};

/** The parked request of this very browser, or undefined: that is what keeps forgeries out. */
export const unpark = (
  c: Context<TenantEnv>,
  context: TenantContext,
  parked: ParkedRequest | undefined,
): AuthorizationRequest | undefined => {
  const site = c.req.method === 'POST' ? c.req.header('sec-fetch-site') : undefined;
  if (
    !parked ||
    parked.expiresAt <= context.clock() ||
    parked.origin !== c.var.domain.origin ||
    parked.device !== deviceOf(c) ||
    (site !== undefined && site !== 'same-origin')
  ) {
    return undefined;
  }
  const client = context.directory.clients.get(parked.parameters['client_id'] ?? '');
  return client && describeAuthorizationRequest(context, client, parked.parameters);
};

/** The page for an answer that belongs to no request of this browser. */
export const nothingParked = (c: Context<TenantEnv>): Promise<Response> =>
  errorPage(c, {
    error: 'invalid_request',
    description: 'This sign-in is no longer valid. Go back to the application and start again.',
    status: 400,
  });
