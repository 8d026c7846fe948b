import type { PreviewRequestMessage } from '../../../messages/launch/preview-launch.ts';
import { done, type Outcome, refused } from '../../../messages/wire/outcome.ts';
import { extensionProblem } from '../../../messages/wire/problem.ts';
import type { TokenSet } from '../../sign-in/agent-tokens.ts';
import type { Obstacles } from './clear-login-domain.ts';
import type { PreviewLaunch } from './preview-launch.ts';

/**
 * Makes the function that asks whether a launch would be issued, before anything is ended for it. The
 * backend's preview checks no actor token, so the agent's own proof of identity is made sure of first.
 */
export const createMayEndOthers =
  (previewLaunch: PreviewLaunch) =>
  async (
    request: PreviewRequestMessage,
    proof: Promise<Outcome<TokenSet>>,
    { sessions }: Obstacles,
  ): Promise<Outcome<object>> => {
    const tokens = await proof;
    if (!tokens.ok) {
      return tokens;
    }
    const preview = await previewLaunch(
      request,
      sessions.map(({ id }) => id),
    );
    if (!preview.ok) {
      return preview;
    }
    const { refusal, needs = [], stepUp } = preview.value ?? {};
    if (refusal) {
      return refused({ source: 'backend', ...refusal });
    }
    if (needs.length === 0) {
      return done({});
    }
    const onlySignsIn = needs.every((need) => need === 'step_up');
    return refused({
      ...extensionProblem('more_needed'),
      ...(onlySignsIn && stepUp && { stepUp }),
    });
  };
