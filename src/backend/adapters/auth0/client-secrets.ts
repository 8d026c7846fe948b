/** The secrets that a client has while one of them is being replaced, the one to try first at the front. */
export type ClientSecrets = readonly [string, ...string[]];

/** Sends a request with a client's secret, and again with the next one where the tenant does not know the first. */
export type WithClientSecret = <Answer>(
  send: (secret: string) => Promise<Answer>,
  isRefused: (answer: Answer) => boolean,
) => Promise<Answer>;

/**
 * Makes {@link WithClientSecret}. What the tenant refuses for its secret it has not looked at any further, so
 * that sending it again does nothing twice. The secret that was taken last is tried first, and no other one
 * while it is taken.
 * @see RFC 6749 §3.2.1: the client authenticates before its request is looked at
 */
export const createClientSecrets = (secrets: ClientSecrets): WithClientSecret => {
  let order: ClientSecrets = secrets;
  return async (send, isRefused) => {
    const [first, ...others] = order;
    let answer = await send(first);
    for (const secret of others) {
      if (!isRefused(answer)) {
        break;
      }
      answer = await send(secret);
      if (!isRefused(answer)) {
        order = [secret, ...secrets.filter((other) => other !== secret)];
      }
    }
    return answer;
  };
};
