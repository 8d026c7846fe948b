import type { LaunchRequirements } from '../../../contract/agent.ts';
import type { RecordPattern } from '../../../contract/record.ts';
import type { TargetApp } from '../../../contract/target-app.ts';
import type { Ledger } from '../../ports/ledger.ts';
import type { CatalogedApp, Tenant } from '../../ports/tenant.ts';
import { OPERATIONS } from '../operations.ts';
import type { Register } from '../register.ts';

export type AgentRoutesOptions = {
  readonly tenant: Pick<Tenant, 'agents' | 'apps'>;
  readonly requirements: LaunchRequirements;
  readonly recordPatterns: readonly RecordPattern[];
  readonly ledger: Ledger;
};

const publicPart = ({ connections: _connections, ...app }: CatalogedApp): TargetApp => app;

/** What every signed-in agent may know and do: who they are, what a launch must carry, their own way into apps. */
export const addAgentRoutes = (
  { route, routeWithBody }: Register,
  { tenant, requirements, recordPatterns, ledger }: AgentRoutesOptions,
): void => {
  route(OPERATIONS.me, async ({ caller: { agent } }) => ({
    agent: { sub: agent.id, ...(await tenant.agents.load(agent.id)) },
    permissions: [...agent.permissions],
    policy: requirements,
    recordPatterns: [...recordPatterns],
  }));

  route(OPERATIONS.targetApps, async () => ({
    targetApps: (await tenant.apps.list()).map(publicPart),
  }));

  routeWithBody(OPERATIONS.recordOwnSession, async ({ caller, body }) => {
    const { agent, agentIp, requestId } = caller;
    const { targetAppId } = body;
    await ledger.record({
      type: 'own_session',
      agentId: agent.id,
      agentIp,
      targetAppId,
      requestId,
    });
    return { recorded: true as const };
  });
};
