import type { LaunchId } from '../../../../contract/ids.ts';
import type { LaunchPreview, LaunchPreviewRequest } from '../../../../contract/launch-preview.ts';
import type { PreviewRequestMessage } from '../../../messages/launch/preview-launch.ts';
import { done, type Outcome } from '../../../messages/wire/outcome.ts';
import type { BackendClient } from '../../backend/backend-client.ts';
import type { HasFeature } from '../../backend/features.ts';
import type { AgentTokens } from '../../sign-in/agent-tokens.ts';

/**
 * Asks the backend whether a launch would be issued, given the sessions that it would replace. Succeeds with
 * `undefined` where the backend is reachable and has no previews.
 */
export type PreviewLaunch = (
  request: PreviewRequestMessage,
  replaces: readonly LaunchId[],
) => Promise<Outcome<LaunchPreview | undefined>>;

/** Makes {@link PreviewLaunch}. */
export const createPreviewLaunch =
  (
    client: BackendClient,
    hasFeature: HasFeature,
    tokens: Pick<AgentTokens, 'forLaunch'>,
  ): PreviewLaunch =>
  async ({ customerId, targetAppId, organizationId, reason, ticket }, replaces) => {
    if (!(await hasFeature('preview'))) {
      const answer = await client('me');
      return answer.ok ? done(undefined) : answer;
    }
    const body: LaunchPreviewRequest = {
      customerId,
      targetAppId,
      organizationId,
      reason,
      ticket,
      ...(replaces.length > 0 && { replaces: [...replaces] }),
    };
    if (!(await hasFeature('grant'))) {
      return client('previewLaunch', { body });
    }
    // The company's rules look at the agent's sign-in, which only the proof of a launch shows.
    const proof = await tokens.forLaunch();
    return proof.ok
      ? client('previewLaunch', { body: { ...body, actorToken: proof.value.idToken } }, proof.value)
      : proof;
  };
