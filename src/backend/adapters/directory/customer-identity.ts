/** An identity of an account, as the Management API lists them: the primary one first. */
export type AccountIdentity = { readonly connection: string; readonly userId: string };

/** The identity that makes an account a customer's, and the connections of its others. */
export type CustomerIdentity = {
  readonly connection: string;
  /** The id within the connection. */
  readonly identityUserId: string;
  readonly otherConnections: readonly string[];
};

/**
 * Chooses the identity to act as a customer through: the primary one where it is in a customers'
 * connection, else the first linked one that is. Where none is, the primary one stands for an account that
 * policy will protect.
 * @see Auth0 "User Account Linking"
 */
export const customerIdentityOf = (
  identities: readonly AccountIdentity[],
  customerConnections: readonly string[],
): CustomerIdentity => {
  const index = Math.max(
    0,
    identities.findIndex(({ connection }) => customerConnections.includes(connection)),
  );
  const chosen = identities[index];
  return {
    connection: chosen?.connection ?? '',
    identityUserId: chosen?.userId ?? '',
    otherConnections: identities
      .filter((_, at) => at !== index)
      .map(({ connection }) => connection),
  };
};
