import type { Call } from '../tenant-settings/call.ts';

/** How one finding is repaired, in each of the ways that a company may manage its tenant. */
export type Fix = {
  /** Calls to the Management API, in order; empty where no call can do it. */
  readonly calls: readonly Call[];
  /** What to write into the folder of auth0-deploy-cli. */
  readonly deployCli: string;
  /** The attribute of Auth0's Terraform provider. */
  readonly terraform: string;
  /** The way through the dashboard, or why there is none. */
  readonly dashboard: string;
};

/**
 * One line of the doctor's report. `note` says something worth knowing that nobody has to change,
 * `unknown` that it could not be looked at.
 */
export type Line = {
  /** Names the check for scripts: `requesting.oidc_conformant`. */
  readonly id: string;
  /** A sentence that is true when the line is right. */
  readonly title: string;
  readonly state: 'ok' | 'broken' | 'note' | 'unknown';
  /** `error`: launches fail or are unsafe. `warning`: they work, and something will be in the way. */
  readonly severity: 'error' | 'warning';
  readonly found: string;
  readonly wanted: string;
  readonly why: string;
  readonly fix?: Fix;
};

const NONE = 'Nothing to set there.';

/** A fix that takes something else than a setting of the tenant. */
export const fixByHand = (how: string): Fix => ({
  calls: [],
  deployCli: NONE,
  terraform: NONE,
  dashboard: how,
});

type Claim = Pick<Line, 'id' | 'title' | 'wanted' | 'why'> & {
  readonly severity?: Line['severity'];
};

/** A line that is right. */
export const rightLine = (claim: Claim, found: string): Line => ({
  severity: 'error',
  ...claim,
  state: 'ok',
  found,
});

/** A line that is wrong, with what repairs it. */
export const brokenLine = (claim: Claim, found: string, fix: Fix): Line => ({
  severity: 'error',
  ...claim,
  state: 'broken',
  found,
  fix,
});

/** A line that could not be judged, and why. */
export const unknownLine = (claim: Claim, found: string): Line => ({
  severity: 'warning',
  ...claim,
  state: 'unknown',
  found,
});

/** A line that only says something. */
export const noteLine = (claim: Claim, found: string): Line => ({
  severity: 'warning',
  ...claim,
  state: 'note',
  found,
});
