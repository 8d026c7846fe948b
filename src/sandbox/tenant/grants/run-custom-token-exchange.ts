import {
  type CustomTokenExchangeResult,
  customTokenExchangeResult,
} from '../actions/action-results.ts';
import { clientPart, organizationPart, requestPart, userPart } from '../actions/event-parts.ts';
import type { ExchangeRequest } from '../checks/exchange/exchange-check.ts';
import { countRejectedSubjectToken } from '../checks/exchange/ip-not-throttled.ts';
import type { TenantOrganization, TenantUser } from '../model.ts';
import { badRequest, type OAuthError } from '../oauth-error.ts';

const CONFIDENTIAL = new Set(['client_secret', 'client_assertion']);

/**
 * Runs the profile's Action and gives what it asked for, or its refusal: the code of `deny`, or a
 * rejection that counts against the caller's address.
 *
 * @see Auth0 documentation, "Custom Token Exchange: event and api objects"
 */
export const runCustomTokenExchange = async (
  request: ExchangeRequest,
  organization: TenantOrganization | undefined,
  actorTokenUser: TenantUser | undefined,
): Promise<{ result: CustomTokenExchangeResult } | { error: OAuthError }> => {
  const { context, caller, client, parameters, ip } = request;
  const { directory } = context;
  const profile = directory.profileOf(parameters['subject_token_type']);
  const action = directory.action(profile?.action_id);
  if (!action) {
    const description = 'The Action of the token exchange profile does not exist.';
    return { error: { error: context.choices.failedActionCode, description, status: 500 } };
  }
  const outcome = await context.actions.run(action, 'onExecuteCustomTokenExchange', {
    client: clientPart(client),
    organization: organizationPart(organization),
    request: {
      ...requestPart(caller, ip),
      body: Object.fromEntries(
        Object.entries(parameters).filter(([name]) => !CONFIDENTIAL.has(name)),
      ),
    },
    resource_server: parameters['audience'] ? { identifier: parameters['audience'] } : undefined,
    tenant: { id: 'understudy-sandbox' },
    transaction: {
      requested_scopes: (parameters['scope'] ?? '').split(' ').filter(Boolean),
      requested_token_type: parameters['requested_token_type'],
      subject_token: parameters['subject_token'],
      subject_token_type: parameters['subject_token_type'],
      actor_token: parameters['actor_token'],
      actor_token_type: parameters['actor_token_type'],
      actor_token_user: actorTokenUser && userPart(actorTokenUser),
    },
  });
  const parsed = outcome.ok ? customTokenExchangeResult.safeParse(outcome.result) : undefined;
  if (!parsed?.success) {
    return {
      error: {
        error: context.choices.failedActionCode,
        description: outcome.ok ? 'The Action is malformed.' : outcome.failure,
        status: 500,
      },
    };
  }
  const { denied, rejected } = parsed.data;
  if (rejected) {
    countRejectedSubjectToken(context, ip);
    return { error: badRequest(context.choices.rejectedSubjectTokenCode, rejected.reason) };
  }
  if (denied) {
    return { error: badRequest(denied.code, denied.reason) };
  }
  return { result: parsed.data };
};
