import { Hono } from 'hono';
import type { LaunchRequirements, Me } from '../../../contract/agent.ts';
import type { RecordPattern } from '../../../contract/record.ts';
import type { TargetApp } from '../../../contract/target-app.ts';
import type { AgentProfiles } from '../../ports/agent-profiles.ts';
import type { CatalogedApp, TargetAppCatalog } from '../../ports/target-app-catalog.ts';
import type { HttpEnvironment } from '../environment.ts';

export type AgentRoutesOptions = {
  readonly profiles: AgentProfiles;
  readonly apps: TargetAppCatalog;
  readonly requirements: LaunchRequirements;
  readonly recordPatterns: readonly RecordPattern[];
};

const publicPart = ({ connections: _connections, ...app }: CatalogedApp): TargetApp => app;

/** What every signed-in agent may know: who they are, what a launch must carry, which apps there are. */
export const agentRoutes = ({ profiles, apps, requirements, recordPatterns }: AgentRoutesOptions) =>
  new Hono<HttpEnvironment>()
    .get('/v1/me', async (c) => {
      const { id, permissions } = c.get('agent');
      const me: Me = {
        agent: { sub: id, ...(await profiles.load(id)) },
        permissions: [...permissions],
        policy: requirements,
        recordPatterns: [...recordPatterns],
      };
      return c.json(me);
    })
    .get('/v1/target-apps', async (c) =>
      c.json({ targetApps: (await apps.list()).map(publicPart) }),
    );
