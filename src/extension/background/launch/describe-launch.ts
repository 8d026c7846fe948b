import type { TargetApp } from '../../../contract/target-app.ts';
import type { LaunchRequestMessage } from '../../messages/launch.ts';
import { done, type Outcome, refused } from '../../messages/outcome.ts';
import { extensionProblem } from '../../messages/problem.ts';
import type { CustomerDirectory } from '../customers/customer-directory.ts';
import type { LaunchRecord } from '../launch-state/launch-record.ts';

/** What is known about a launch's customer, app and organization, for showing. */
export type DescribeLaunch = (
  request: LaunchRequestMessage,
) => Promise<Outcome<{ app: TargetApp; shown: Partial<LaunchRecord> & { customerName: string } }>>;

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
