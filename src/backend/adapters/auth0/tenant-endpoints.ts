/** Where the tenant's endpoints are, by Auth0's fixed layout under the issuer of the agents' domain. */
export type TenantEndpoints = {
  readonly issuer: string;
  readonly tokenEndpoint: string;
  readonly jwksUri: string;
  /** The audience that asks for a session transfer token at this domain. */
  readonly sessionTransferAudience: string;
  /** The issuer is on `http`: a local tenant. */
  readonly insecure: boolean;
};

/** Describes the tenant behind an issuer URL (with trailing slash). @see Auth0 "Session Delegation" */
export const tenantEndpoints = (issuer: string): TenantEndpoints => {
  const { hostname, protocol } = new URL(issuer);
  return {
    issuer,
    tokenEndpoint: `${issuer}oauth/token`,
    jwksUri: `${issuer}.well-known/jwks.json`,
    sessionTransferAudience: `urn:${hostname}:session_transfer`,
    insecure: protocol === 'http:',
  };
};
