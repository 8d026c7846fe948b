/**
 * How many launches there may be: of an agent in an hour, and at the same time of an agent, as one customer and in
 * one organization. A launch that is replaced by the new one does not count.
 */
export type LaunchLimits = {
  readonly perHour?: number;
  readonly active?: number;
  readonly perCustomer?: number;
  readonly perOrganization?: number;
};

/** What became of a claim. One that is over a limit, or made by rules that are not in force, recorded nothing. */
export type ClaimOutcome =
  | 'recorded'
  | 'already_requested'
  | 'policy_behind'
  | { readonly overLimit: keyof LaunchLimits };
