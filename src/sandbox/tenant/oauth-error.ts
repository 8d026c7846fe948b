/** A refusal that goes to the client: `error` is the machine's word, the description is for people. */
export type OAuthError = {
  error: string;
  description: string;
  /** The log's own word for the cause, where descriptions would not tell causes apart. */
  type?: string;
  status: 400 | 401 | 403 | 429 | 500;
};

/** A refusal with status 400, the usual one of RFC 6749 §5.2. */
export const badRequest = (error: string, description: string, type?: string): OAuthError => ({
  error,
  description,
  status: 400,
  ...(type !== undefined && { type }),
});
