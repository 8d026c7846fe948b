import type { TargetAppId } from '../../../contract/ids.ts';
import type { TargetApp } from '../../../contract/target-app.ts';
import { DEFAULT_STORE } from '../../browser/cookie-store.ts';
import type { Tabs } from '../../browser/tabs.ts';
import { done, type Outcome, refused } from '../../messages/outcome.ts';
import { extensionProblem } from '../../messages/problem.ts';
import { isLocalBackend } from '../backend/backend-address.ts';
import type { AgentTokens } from '../sign-in/agent-tokens.ts';
import type { PreFlight } from './clear-login-domain.ts';
import { buildLoginRedirect } from './login-redirect.ts';

type Dependencies = {
  readonly tokens: Pick<AgentTokens, 'read' | 'transferOwnSession'>;
  readonly tabs: Pick<Tabs, 'open'>;
  readonly preFlight: Pick<PreFlight, 'clear'>;
  /** Told that a token is on its way. */
  readonly expectToken: () => void;
  readonly findApp: (id: string) => Promise<TargetApp | undefined>;
};

/** Makes "Open as me": the app opens signed in as the agent, through Native to Web SSO. */
export const createOpenAsMe =
  ({ tokens, tabs, preFlight, expectToken, findApp }: Dependencies) =>
  async (targetAppId: TargetAppId): Promise<Outcome<object>> => {
    const app = await findApp(targetAppId);
    if (!app?.ways.includes('native_to_web'))
      return refused(extensionProblem('target_app_unknown'));
    const current = await tokens.read();
    if (!current) return refused(extensionProblem('signed_out'));
    // One's own session would replace a customer's there, unseen; whoever else is there, Auth0 replaces.
    await preFlight.clear(app, { openIn: 'new_tab' });
    const transfer = await tokens.transferOwnSession();
    if (!transfer.ok) return transfer;
    const { sessionTransferToken } = transfer.value;
    const isLocal = isLocalBackend(current.backendOrigin);
    const url = buildLoginRedirect(app.loginUrl, app, { sessionTransferToken }, isLocal);
    if (url === undefined) return refused(extensionProblem('login_url_refused'));
    expectToken();
    try {
      await tabs.open(url, DEFAULT_STORE);
    } catch {
      // The browser's message could contain the URL, so it goes nowhere.
      return refused(extensionProblem('tab_not_opened'));
    }
    return done({});
  };
