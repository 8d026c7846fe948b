import type { TargetApp } from '../../../../contract/target-app.ts';
import type {
  LaunchOutlook,
  PreviewRequestMessage,
} from '../../../messages/launch/preview-launch.ts';
import { done, type Outcome, refused } from '../../../messages/wire/outcome.ts';
import { extensionProblem } from '../../../messages/wire/problem.ts';
import { statusOf } from '../../launch-state/standing.ts';
import type { LoginDomainClearing } from './clear-login-domain.ts';
import type { PreviewLaunch } from './preview-launch.ts';

type Dependencies = {
  readonly clearing: Pick<LoginDomainClearing, 'obstacles'>;
  readonly previewLaunch: PreviewLaunch;
  readonly findApp: (id: string) => Promise<TargetApp | undefined>;
  readonly now: () => number;
};

/** Makes the function that says what a launch would need, and what it would end. It changes nothing. */
export const createLaunchOutlook =
  ({ clearing, previewLaunch, findApp, now }: Dependencies) =>
  async (request: PreviewRequestMessage): Promise<Outcome<LaunchOutlook>> => {
    const app = await findApp(request.targetAppId);
    if (!app) {
      return refused(extensionProblem('target_app_unknown'));
    }
    const { sessions, own } = await clearing.obstacles(app, request.openIn);
    const preview = await previewLaunch(
      request,
      sessions.map(({ id }) => id),
    );
    const inTheWay = sessions.map((record) => statusOf(record, now()));
    const sameApp = inTheWay.find(
      ({ customerId, targetAppId }) =>
        customerId === request.customerId && targetAppId === request.targetAppId,
    );
    return done({
      ...(preview.ok && preview.value && { preview: preview.value }),
      inTheWay,
      ownSession: own.length > 0,
      ...(sameApp && { sameApp }),
    });
  };
