import type { TargetApp } from '../../../contract/target-app.ts';
import type { LaunchRequestMessage } from '../../messages/launch/launch.ts';
import { done, type Outcome, refused } from '../../messages/wire/outcome.ts';
import { extensionProblem } from '../../messages/wire/problem.ts';
import type { CustomerDirectory } from '../customers/customer-directory.ts';
import type { LaunchRecord } from '../launch-state/launch-record.ts';

/** What is known about a launch's app, and about its customer and organization for showing. */
export type LaunchDescription = {
  readonly app: TargetApp;
  readonly shown: Partial<LaunchRecord> & { readonly customerName: string };
};

/** Gives a launch's {@link LaunchDescription} from what the worker knows already. */
export type DescribeLaunch = (request: LaunchRequestMessage) => Promise<Outcome<LaunchDescription>>;

/** Makes {@link DescribeLaunch}; an app that is not open to the agent is refused here already. */
export const createDescribeLaunch =
  (
    directory: Pick<CustomerDirectory, 'known' | 'organizationName'>,
    findApp: (id: string) => Promise<TargetApp | undefined>,
  ): DescribeLaunch =>
  async ({ customerId, targetAppId, organizationId }) => {
    const app = await findApp(targetAppId);
    if (!app) {
      return refused(extensionProblem('target_app_unknown'));
    }
    const customer = (await directory.known()).get(customerId);
    const organizationName =
      organizationId === undefined ? undefined : directory.organizationName(organizationId);
    return done({
      app,
      shown: {
        customerName: customer?.name ?? customerId,
        ...(customer && { customerEmail: customer.email }),
        ...(organizationName !== undefined && { organizationName }),
      },
    });
  };
