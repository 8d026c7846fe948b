import type { TargetAppId } from '../../../../contract/ids.ts';
import type { TargetApp } from '../../../../contract/target-app.ts';
import { DEFAULT_STORE } from '../../../browser/tabs/cookie-store.ts';
import type { Tabs } from '../../../browser/tabs/tabs.ts';
import { inBackground } from '../../../in-background.ts';
import { done, type Outcome, refused } from '../../../messages/wire/outcome.ts';
import { extensionProblem } from '../../../messages/wire/problem.ts';
import { isLocalBackend } from '../../backend/backend-address.ts';
import type { BackendClient } from '../../backend/backend-client.ts';
import type { HasFeature } from '../../backend/features.ts';
import type { OwnSessions } from '../../session/remembered/own-sessions.ts';
import { signOutTargetOf } from '../../session/sign-out-urls.ts';
import type { AgentTokens } from '../../sign-in/agent-tokens.ts';
import type { LoginDomainClearing } from '../before-opening/clear-login-domain.ts';
import { buildLoginRedirect } from './login-redirect.ts';

type Dependencies = {
  readonly tokens: Pick<AgentTokens, 'read' | 'transferOwnSession'>;
  readonly tabs: Pick<Tabs, 'open'>;
  readonly clearing: LoginDomainClearing;
  readonly ownSessions: Pick<OwnSessions, 'keep' | 'keepTab'>;
  readonly client: BackendClient;
  readonly hasFeature: HasFeature;
  /** Called when a token is on its way. */
  readonly expectToken: () => void;
  readonly findApp: (id: string) => Promise<TargetApp | undefined>;
};

/** Makes "Open as me": the app opens signed in as the agent, through Native to Web SSO. */
export const createOpenAsMe = (dependencies: Dependencies) => {
  const { tokens, tabs, clearing, ownSessions, client } = dependencies;

  const record = async (targetAppId: TargetAppId): Promise<void> => {
    if (await dependencies.hasFeature('own_sessions')) {
      await client('recordOwnSession', { body: { targetAppId } });
    }
  };

  return async (targetAppId: TargetAppId): Promise<Outcome<object>> => {
    const app = await dependencies.findApp(targetAppId);
    if (!app?.ways.includes('native_to_web')) {
      return refused(extensionProblem('target_app_unknown'));
    }
    const current = await tokens.read();
    if (!current) {
      return refused(extensionProblem('signed_out'));
    }
    // The agent's own session would silently replace a customer's in those tabs, so that one is ended first. Anybody
    // else who is signed in there is replaced by Auth0.
    const { sessions, leftovers } = await clearing.obstacles(app, 'new_tab');
    await clearing.clear(
      app,
      { openIn: 'new_tab' },
      { sessions, leftovers, own: [], notEnded: [] },
    );
    const transfer = await tokens.transferOwnSession();
    if (!transfer.ok) {
      return transfer;
    }
    const { sessionTransferToken } = transfer.value;
    const isLocal = isLocalBackend(current.backendOrigin);
    const url = buildLoginRedirect(app.loginUrl, app, { sessionTransferToken }, isLocal);
    if (url === undefined) {
      return refused(extensionProblem('login_url_refused'));
    }
    dependencies.expectToken();
    // Noted before the session exists: if it never comes about, a launch that signs it out does no harm.
    const target = signOutTargetOf(app);
    await ownSessions.keep(target);
    try {
      await ownSessions.keepTab(target, await tabs.open(url, DEFAULT_STORE));
    } catch {
      // The browser's message could contain the URL, so it goes nowhere.
      return refused(extensionProblem('tab_not_opened'));
    }
    inBackground(record(targetAppId), 'recording an own session');
    return done({});
  };
};
