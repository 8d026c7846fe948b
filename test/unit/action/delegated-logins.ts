import { ACTOR, CUSTOMER } from './post-login-fixture.ts';

/** What the tenant tells the Action at the exchange of a launch. */
export const atExchange = {
  transaction: { actor: ACTOR, protocol: 'oauth2-token-exchange' },
  client: { client_id: 'requesting-client' },
};

/** What it tells when the token is redeemed. */
export const atRedemption = {
  session: { actor: ACTOR },
  session_transfer_token: { client_id: 'requesting-client' },
};

/** Somebody of the company's own staff, as the tenant tells of them. */
export const staff = { ...CUSTOMER, identities: [{ connection: 'staff' }] };
