import type { ExchangeCheck } from './exchange-check.ts';

/** A client without authentication gets nothing. @see Auth0, "Session Delegation", prerequisites */
export const clientIsConfidential: ExchangeCheck = ({ client, context }) =>
  client.token_endpoint_auth_method === 'none'
    ? {
        error: context.choices.clientNotAllowedCode,
        description: 'A public client cannot use token exchange.',
        status: 400,
      }
    : undefined;
