import type { ExchangeCheck } from './exchange-check.ts';

/** The client's `token_exchange.allow_any_profile_of_type` must name the profile's type. */
export const clientMayUseProfile: ExchangeCheck = ({ client, context }) =>
  client.token_exchange?.allow_any_profile_of_type.includes('custom_authentication')
    ? undefined
    : {
        error: context.choices.clientNotAllowedCode,
        description: 'Custom token exchange is not enabled for the client.',
        status: 400,
      };
