import type { StepUp } from '../../../contract/grant.ts';
import { inBackground } from '../../in-background.ts';
import { type Outcome, refused } from '../../messages/wire/outcome.ts';
import { extensionProblem, type ProblemReport } from '../../messages/wire/problem.ts';
import type { Backend } from '../backend/backend-setting.ts';
import type { AgentTokens, TokenSet } from './agent-tokens.ts';
import type { AuthorizationCode } from './authorization-code.ts';
import type { RefreshTokenRevocation } from './refresh-token-revocation.ts';

/**
 * Has the agent sign in again in the issuer's window, as a company's rules ask for. Where that does not happen, or
 * somebody else signs in, the tokens stay as they were.
 */
export type SignInAgain = (wanted: StepUp) => Promise<Outcome<TokenSet>>;

type Dependencies = {
  readonly backend: () => Promise<Outcome<Backend>>;
  readonly tokens: Pick<AgentTokens, 'acceptAgain'>;
  readonly authorizationCode: AuthorizationCode;
  readonly revoke: RefreshTokenRevocation;
  /** The address that the agent signs in with, as far as it is known. */
  readonly agentEmail: () => Promise<string | undefined>;
};

/** A sign-in ages until the backend and the tenant look at it, so it is asked for this much younger, in seconds. */
const MARGIN_SECONDS = 60;

/** What a sign-in that did not happen means here, where the agent stays signed in and can try again. */
const stepUpProblem = (problem: ProblemReport): ProblemReport => {
  if (problem.source === 'extension' && problem.code === 'sign_in_closed') {
    return extensionProblem('step_up_closed');
  }
  return problem.source === 'extension' && problem.code === 'sign_in_failed'
    ? { ...problem, code: 'step_up_failed' }
    : problem;
};

/** Makes {@link SignInAgain}. @see OpenID Connect Core 1.0 §3.1.2.1, `max_age` and `acr_values`; RFC 9470 */
export const createSignInAgain =
  (dependencies: Dependencies): SignInAgain =>
  async (wanted) => {
    const backend = await dependencies.backend();
    if (!backend.ok) {
      return backend;
    }
    const loginHint = await dependencies.agentEmail();
    const granted = await dependencies.authorizationCode(backend.value, {
      stepUp: { ...wanted, maxAgeSeconds: Math.max(0, wanted.maxAgeSeconds - MARGIN_SECONDS) },
      ...(loginHint !== undefined && { loginHint }),
    });
    if (!granted.ok) {
      return refused(stepUpProblem(granted.problem));
    }
    const accepted = await dependencies.tokens.acceptAgain(granted.value, backend.value);
    const { refreshToken } = granted.value;
    if (!accepted.ok && refreshToken !== undefined) {
      inBackground(dependencies.revoke(backend.value, refreshToken), 'revoking an unused token');
    }
    return accepted;
  };
