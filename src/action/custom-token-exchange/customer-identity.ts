/**
 * Gives the id of a customer within their connection, as `setUserByConnection` wants it. An Auth0
 * `user_id` is `provider|id`, and for enterprise connections `provider|connection|id`.
 */
export const idWithinConnection = (userId: string, connection: string): string => {
  const withoutProvider = userId.slice(userId.indexOf('|') + 1);
  const prefix = `${connection}|`;
  return withoutProvider.startsWith(prefix)
    ? withoutProvider.slice(prefix.length)
    : withoutProvider;
};
