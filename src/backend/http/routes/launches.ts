import { Hono } from 'hono';
import type { Diagnosis } from '../../../contract/diagnosis.ts';
import { type AgentId, type LaunchId, launchIdSchema } from '../../../contract/ids.ts';
import type { Launch } from '../../../contract/launch.ts';
import {
  type LaunchEvent,
  launchEventSchema,
  launchRequestSchema,
} from '../../../contract/launch-request.ts';
import { type Confirmation, isConfirmable } from '../../launch/confirm-launch.ts';
import type { LaunchDependencies } from '../../launch/dependencies.ts';
import { endLaunch } from '../../launch/end-launch.ts';
import { recordRefusedRequest } from '../../launch/refused-request.ts';
import { reportEvent } from '../../launch/report-event.ts';
import { requestLaunch } from '../../launch/request-launch.ts';
import type { Agent } from '../../ports/agent.ts';
import type { TenantSessions } from '../../ports/tenant-sessions.ts';
import { isRefusal, refuse } from '../../refusal.ts';
import { isPrivateAddress } from '../client-ip.ts';
import { callerOf, type HttpContext, type HttpEnvironment } from '../environment.ts';
import { parseRequest } from '../parse-request.ts';
import { problemResponse } from '../problem-response.ts';

export type LaunchRoutesOptions = {
  readonly launch: LaunchDependencies;
  /** False when this agent has asked too often of late; such a request leaves no row, or anybody could fill the ledger. */
  readonly withinLaunchRate: (agentId: AgentId) => boolean;
  readonly sessions: TenantSessions;
  readonly confirmation: Confirmation;
  /** Why a launch did not land. */
  readonly diagnoseLaunch: (id: LaunchId, event: LaunchEvent) => Promise<Diagnosis | undefined>;
  /**
   * The tenant sees agents at public addresses, so a private one means that a proxy is not configured
   * and that no token will redeem.
   */
  readonly expectsPublicAddresses: boolean;
  /** Told each outcome: `issued`, or the code of the refusal. */
  readonly onOutcome: (outcome: string) => void;
};

const readsAll = ({ permissions }: Agent): boolean => permissions.includes('read:launches');

const unknownLaunch = refuse('launch_not_found', 'There is no such launch of yours.');

const launchIdOf = (c: HttpContext): LaunchId | undefined =>
  launchIdSchema.safeParse(c.req.param('id')).data;

/** Asking for a launch, telling what became of it, and looking at one's own. */
export const launchRoutes = (options: LaunchRoutesOptions) => {
  const { launch, withinLaunchRate, sessions, confirmation, diagnoseLaunch } = options;
  const { onOutcome, expectsPublicAddresses } = options;
  const { ledger, log } = launch;

  const tooOften = (c: HttpContext) => {
    onOutcome('rate_limited');
    return problemResponse(
      c,
      refuse('rate_limited', 'You have asked too often in the last minute.'),
    );
  };

  /** Also taken up again when somebody asks: another replica, or a restart, may have dropped it. */
  const confirmIfOpen = (found: Launch, requestId: string): void => {
    if (isConfirmable(found, launch.clock())) confirmation.watch(found.id, requestId);
  };

  return new Hono<HttpEnvironment>()
    .post('/v1/launches', async (c) => {
      const caller = callerOf(c);
      if (!withinLaunchRate(caller.agent.id)) return tooOften(c);
      const request = await parseRequest(c.req.raw, launchRequestSchema);
      if ('refusal' in request) {
        onOutcome(request.refusal.code);
        const refusal = await recordRefusedRequest(ledger, caller, request.refusal);
        return problemResponse(c, refusal, request.status);
      }
      if (expectsPublicAddresses && isPrivateAddress(caller.agentIp)) {
        log.warn('agent_address_private', { requestId: caller.requestId, ip: caller.agentIp });
      }
      const outcome = await requestLaunch(launch, caller, request.value);
      onOutcome(isRefusal(outcome) ? outcome.code : 'issued');
      return isRefusal(outcome) ? problemResponse(c, outcome) : c.json(outcome, 201);
    })
    .post('/v1/launches/:id/events', async (c) => {
      const id = launchIdOf(c);
      const event = await parseRequest(c.req.raw, launchEventSchema);
      if ('refusal' in event) return problemResponse(c, event.refusal, event.status);
      const outcome = id ? await reportEvent(launch, callerOf(c), id, event.value) : unknownLaunch;
      if (isRefusal(outcome)) return problemResponse(c, outcome);
      confirmIfOpen(outcome, c.get('requestId'));
      return c.json(
        event.value.type === 'not_landed'
          ? { ...outcome, diagnosis: await diagnoseLaunch(outcome.id, event.value) }
          : outcome,
      );
    })
    .post('/v1/launches/:id/end', async (c) => {
      const id = launchIdOf(c);
      const outcome = id
        ? await endLaunch({ ...launch, sessions }, callerOf(c), id)
        : unknownLaunch;
      return isRefusal(outcome) ? problemResponse(c, outcome) : c.json(outcome);
    })
    .get('/v1/launches', async (c) => {
      const agent = c.get('agent');
      const state = c.req.query('state');
      if (state !== undefined && state !== 'active') {
        return problemResponse(c, refuse('invalid_request', '"state" can only be "active".'));
      }
      const launches = await ledger.listLaunches({
        ...(!readsAll(agent) && { agentId: agent.id }),
        ...(state === 'active' && { activeAt: launch.clock() }),
      });
      return c.json({ launches });
    })
    .get('/v1/launches/:id', async (c) => {
      const agent = c.get('agent');
      const id = launchIdOf(c);
      const found = id && (await ledger.findLaunch(id))?.launch;
      if (!found || !(found.agentId === agent.id || readsAll(agent))) {
        return problemResponse(c, unknownLaunch);
      }
      confirmIfOpen(found, c.get('requestId'));
      return c.json(found);
    });
};
