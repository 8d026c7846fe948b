import { Hono } from 'hono';
import type { ActionLimits } from './actions/action-runner.ts';
import { createDeployedActions } from './actions/deployed-actions.ts';
import { type StartingActions, seedActions } from './actions/seed-actions.ts';
import type { AppSwitch } from './app-switch.ts';
import { addressOf } from './browser-address.ts';
import type { TenantContext, TenantEnv } from './context.ts';
import { createDirectory } from './directory.ts';
import { domainOfRequest, type TenantDomains } from './domain.ts';
import type { Later } from './later.ts';
import { createLog } from './log/tenant-log.ts';
import { createMemory } from './memory.ts';
import type { TenantSeed } from './model.ts';
import { authorizeRoute } from './routes/authorize/authorize.ts';
import { discoveryRoutes } from './routes/discovery.ts';
import { logoutRoute } from './routes/logout.ts';
import { managementRoutes } from './routes/management/management-routes.ts';
import { oidcLogoutRoutes } from './routes/oidc-logout.ts';
import { revokeRoute } from './routes/revoke.ts';
import { runBeforeRedemption } from './routes/sandbox/before-next-redemption.ts';
import { sandboxRoutes } from './routes/sandbox/sandbox-routes.ts';
import { loginRoutes } from './routes/sign-in/login.ts';
import { promptRoutes } from './routes/sign-in/prompts.ts';
import { tokenRoute } from './routes/token.ts';
import { userinfoRoute } from './routes/userinfo.ts';
import { defaultConditions } from './sandbox-conditions.ts';
import type { PostLogoutToken } from './sessions/post-logout-token.ts';
import type { SigningKey } from './tokens/signing-key.ts';
import { createTokenSigner } from './tokens/token-signer.ts';
import type { UndocumentedChoices } from './undocumented-choices.ts';

export type TenantOptions = {
  domains: TenantDomains;
  seed: TenantSeed;
  actions: StartingActions;
  actionLimits: ActionLimits;
  choices: UndocumentedChoices;
  signingKey: SigningKey;
  /** Target apps by `client_id` that a test may stop. */
  apps: Readonly<Record<string, AppSwitch>>;
  later: Later;
  postLogoutToken: PostLogoutToken;
  /** Milliseconds since 1970. */
  clock: () => number;
  /** A URL-safe random string of that many bytes. */
  randomToken: (bytes: number) => string;
};

export type Tenant = {
  /** Answers one request; `ip` is the address at the other end of the socket. */
  fetch: (request: Request, connection: { ip: string }) => Promise<Response>;
  /** What the tenant knows, for tests that look behind the scenes or misconfigure it. */
  context: TenantContext;
  close: () => Promise<void>;
};

/**
 * A local tenant that behaves like Auth0 as far as Session Delegation, Custom Token Exchange and
 * Native to Web SSO go. It answers under its own host names only (others get 421) and reads time
 * and randomness from its options.
 */
export const createTenant = (options: TenantOptions): Tenant => {
  const { domains, seed, actions, actionLimits, choices, signingKey, clock, randomToken } = options;
  const { apps, later, postLogoutToken } = options;
  const directory = createDirectory(seedActions(seed, actions));
  const ownChoices = { ...choices };
  const conditions = { ...defaultConditions };
  const context: TenantContext = {
    domains,
    directory,
    memory: createMemory(),
    log: createLog({ clock, choices: ownChoices, conditions, directory }),
    signer: createTokenSigner(signingKey, clock),
    choices: ownChoices,
    conditions,
    actions: createDeployedActions(actionLimits, clock),
    apps,
    later,
    postLogoutToken,
    clock,
    randomToken,
  };

  const app = new Hono<TenantEnv>();
  app.use(async (c, next) => {
    const domain = domainOfRequest(domains, c.req.url);
    if (!domain) {
      return c.text('Not a domain of this tenant.', 421);
    }
    c.set('domain', domain);
    return next();
  });
  discoveryRoutes(app, context);
  authorizeRoute(app, context);
  loginRoutes(app, context);
  promptRoutes(app, context);
  tokenRoute(app, context);
  revokeRoute(app, context);
  userinfoRoute(app, context);
  logoutRoute(app, context);
  oidcLogoutRoutes(app, context);
  managementRoutes(app, context);
  sandboxRoutes(app, context);

  return {
    fetch: async (request, { ip }) => {
      await runBeforeRedemption(context, request.url);
      return app.fetch(request, { ip: addressOf(context.conditions, request.url, ip) });
    },
    context,
    close: context.actions.close,
  };
};
