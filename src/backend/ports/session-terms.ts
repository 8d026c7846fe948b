/** How a delegated session may be used. */
export type SessionTerms = {
  /** What the agent may do in the session; `full` is everything that the customer may do. */
  readonly mode: string;
  /** How long the session may live. */
  readonly minutes: number;
};

/** The terms of every launch: everything, for as long as Auth0 lets a delegated session live. */
export const FULL_TERMS: SessionTerms = { mode: 'full', minutes: 120 };
