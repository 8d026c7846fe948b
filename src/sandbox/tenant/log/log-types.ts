/**
 * Event types that the tenant writes, with the description that an entry has when nothing more is
 * known.
 *
 * @see Auth0 documentation, "Log Event Type Codes".
 */
export const logTypes = {
  s: 'Success Login',
  f: 'Failed Login',
  fp: 'Failed Login (Incorrect Password)',
  fu: 'Failed Login (Invalid Email/Username)',
  slo: 'Success Logout',
  ssa: 'Success Silent Auth',
  fsa: 'Failed Silent Auth',
  seacft: 'Success Exchange: Authorization Code for Access Token',
  feacft: 'Failed Exchange: Authorization Code for Access Token',
  sertft: 'Success Exchange: Refresh Token for Access Token',
  fertft: 'Failed Exchange: Refresh Token for Access Token',
  seccft: 'Success Exchange: Client Credentials for Access Token',
  feccft: 'Failed Exchange: Client Credentials for Access Token',
  secte: 'Success Custom Token Exchange',
  fecte: 'Failed Custom Token Exchange',
  sdel: 'Success Delegated Login',
  sdeleacft: 'Success Delegated Exchange: Authorization Code for Access Token',
  fdeleacft: 'Failed Delegated Exchange: Authorization Code for Access Token',
  sdelsa: 'Success Delegated Silent Auth',
  fdelsa: 'Failed Delegated Silent Auth',
  gd_auth_succeed: 'MFA Auth success',
  gd_auth_failed: 'MFA Auth failed',
  sapi: 'Success API Operation',
  oidc_backchannel_logout_succeeded: 'Successful OIDC Back-Channel Logout request',
  oidc_backchannel_logout_failed: 'Failed OIDC Back-Channel Logout request',
  srrt: 'Success Revocation: Refresh Token',
  w: 'Warning',
} as const;

export type LogType = keyof typeof logTypes;
