/**
 * Why an exchange is refused. `code` becomes the `error` of the token endpoint's answer.
 * `countsAgainstIp` marks the one refusal that Auth0 counts towards throttling the agent's IP.
 */
export type Refusal = {
  readonly refused: true;
  readonly code: string;
  readonly reason: string;
  readonly countsAgainstIp: boolean;
};

/** A refusal that does not count against the IP: a clock or a setting that is off locks nobody out. */
export const refuse = (code: string, reason: string): Refusal => ({
  refused: true,
  code,
  reason,
  countsAgainstIp: false,
});
