import type { Diagnosis } from '../../../contract/diagnosis.ts';
import { type LaunchId, launchIdSchema } from '../../../contract/ids.ts';
import type { LaunchEvent } from '../../../contract/launch-request.ts';
import type { LaunchDependencies } from '../../launch/dependencies.ts';
import { endLaunch } from '../../launch/end-launch.ts';
import { findLaunchFor } from '../../launch/find-launch.ts';
import { previewLaunch } from '../../launch/preview-launch.ts';
import { reportEvent } from '../../launch/report-event.ts';
import { recordRefusedLaunch, requestLaunch } from '../../launch/request-launch.ts';
import { createLaunchReadings } from '../../reading/launch-readings.ts';
import type { ReadTrace } from '../../reading/read-trace.ts';
import { isRefusal, refuse } from '../../refusal.ts';
import { isPrivateAddress } from '../client-ip.ts';
import type { HttpContext } from '../environment.ts';
import { OPERATIONS } from '../operations.ts';
import { problemText } from '../problem-response.ts';
import type { Register } from '../register.ts';

export type LaunchRoutesOptions = {
  readonly launch: LaunchDependencies;
  /** Why a launch did not land. */
  readonly diagnoseLaunch: (id: LaunchId, event: LaunchEvent) => Promise<Diagnosis | undefined>;
  /**
   * The tenant sees agents at public addresses, so a private one means that a proxy is not configured
   * and that no token will redeem.
   */
  readonly expectsPublicAddresses: boolean;
  /** Counts what each agent reads, and refuses where they may read no more. */
  readonly reading: ReadTrace['reading'];
};

const launchIdOf = (c: HttpContext): LaunchId | undefined =>
  launchIdSchema.safeParse(c.req.param('id')).data;

/** Asking for a launch, reporting what became of it, and looking at one's own. */
export const addLaunchRoutes = (
  { route, routeWithBody }: Register,
  { launch, diagnoseLaunch, expectsPublicAddresses, reading }: LaunchRoutesOptions,
): void => {
  const { ledger, log } = launch;
  const recordReading = createLaunchReadings(launch);

  routeWithBody(
    OPERATIONS.requestLaunch,
    async ({ caller, body }) => {
      if (expectsPublicAddresses && isPrivateAddress(caller.agentIp)) {
        log.warn('agent_address_private', { requestId: caller.requestId, ip: caller.agentIp });
      }
      return requestLaunch(launch, caller, body);
    },
    (caller, body, refusal) => recordRefusedLaunch(ledger, caller, body, refusal),
  );

  routeWithBody(OPERATIONS.previewLaunch, ({ caller, body }) =>
    reading(caller, async (show) => {
      const { needs, refusal, policies, ...rest } = await previewLaunch(launch, caller, body);
      if (refusal?.code !== 'customer_not_found') {
        show({ opened: [body.customerId] });
      }
      return {
        ...rest,
        needs: [...needs],
        policies: [...policies],
        ...(refusal && {
          refusal: { ...problemText(refusal), requestId: caller.requestId },
        }),
      };
    }),
  );

  routeWithBody(OPERATIONS.reportLaunchEvent, async ({ c, caller, body }) => {
    const outcome = await reportEvent(launch, caller, launchIdOf(c), body);
    if (isRefusal(outcome)) {
      return outcome;
    }
    return body.type === 'not_landed'
      ? { ...outcome, diagnosis: await diagnoseLaunch(outcome.id, body) }
      : outcome;
  });

  route(OPERATIONS.endLaunch, ({ c, caller }) => endLaunch(launch, caller, launchIdOf(c)));

  route(OPERATIONS.launches, async ({ c, caller }) => {
    const state = c.req.query('state');
    if (state !== undefined && state !== 'active') {
      return refuse('invalid_request', '"state" can only be "active".');
    }
    const launches = await ledger.listLaunches({
      ...(!caller.agent.permissions.includes('read:launches') && { agentId: caller.agent.id }),
      ...(state === 'active' && { activeAt: launch.clock() }),
    });
    await recordReading(caller, launches);
    return { launches: [...launches] };
  });

  route(OPERATIONS.launch, async ({ c, caller }) => {
    const found = await findLaunchFor(ledger, caller, launchIdOf(c), 'read:launches');
    if (isRefusal(found)) {
      return found;
    }
    await recordReading(caller, [found.launch]);
    return found.launch;
  });
};
