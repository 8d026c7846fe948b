import type { Management, ManagementClient } from 'auth0';
import { type TargetAppId, targetAppIdSchema } from '../../../../contract/ids.ts';
import { isSecureTransport, parseLoginUrl } from '../../../../contract/login-url.ts';
import type { TargetApp } from '../../../../contract/target-app.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { Log } from '../../../ports/log.ts';
import type { CatalogedApp, Tenant } from '../../../ports/tenant.ts';
import { createRecentAnswers } from '../../../recent-answers.ts';
import { managementAnswer, managementItems } from './management.ts';

/** How long the list and the connections of an app are kept. A launch loads the app itself afresh. */
const LIST_LIFETIME_MILLISECONDS = 60_000;
const MAX_APPS = 1_000;
const PAGE_SIZE = 100;

/** What the configuration says of an app, instead of or besides its client's own settings. */
export type TargetAppOverride = {
  readonly loginUrl?: string | undefined;
  readonly logoutUrl?: string | undefined;
  readonly loginDomain?: string | undefined;
  readonly origins?: string[] | undefined;
  readonly alsoOpens?: TargetAppId[] | undefined;
};

export type TargetAppCatalogOptions = {
  readonly management: ManagementClient;
  readonly overrides: Readonly<Record<string, TargetAppOverride>>;
  /** Origins that may receive a session transfer token. */
  readonly loginOrigins: readonly string[];
  readonly allowInsecureLocalhost: boolean;
  /** Host of the domain whose sessions the apps use, where an app's own is not configured. */
  readonly defaultLoginDomain: string;
  readonly clock: Clock;
  readonly log: Log;
};

type Auth0Client = Management.Client;

/** How an app may be opened, from its client's `session_transfer` settings. Only delivery in the URL is possible to an extension. */
const waysOf = (client: Auth0Client): TargetApp['ways'] => {
  const settings = client.session_transfer;
  if (!settings?.allowed_authentication_methods?.includes('query')) {
    return [];
  }
  return settings.delegation?.allow_delegated_access
    ? ['delegation', 'native_to_web']
    : ['native_to_web'];
};

/**
 * The apps of the tenant that take a session transfer token from the URL and whose login URL is allowed.
 * An app that is open to it but has no usable login URL is left out, and logged.
 */
export const createTargetAppCatalog = (options: TargetAppCatalogOptions): Tenant['apps'] => {
  const { management, clock, log } = options;
  let cached: { readonly at: number; readonly apps: Promise<readonly CatalogedApp[]> } | undefined;

  const recentConnections = createRecentAnswers<readonly string[]>(
    { lifetimeMilliseconds: LIST_LIFETIME_MILLISECONDS, capacity: MAX_APPS },
    clock,
  );

  const describe = (client: Auth0Client): TargetApp | undefined => {
    const id = targetAppIdSchema.safeParse(client.client_id).data;
    const ways = waysOf(client);
    if (!id || ways.length === 0) {
      return undefined;
    }
    const override = options.overrides[id] ?? {};
    const login = parseLoginUrl(override.loginUrl ?? client.initiate_login_uri ?? '', {
      allowedOrigins: options.loginOrigins,
      allowInsecureLocalhost: options.allowInsecureLocalhost,
    });
    if (!login) {
      log.warn('target_app_without_login_url', { targetAppId: id });
      return undefined;
    }
    const logo = URL.parse(client.logo_uri ?? '');
    return {
      id,
      name: client.name ?? id,
      ...(logo &&
        isSecureTransport(logo, options.allowInsecureLocalhost) && { logoUrl: logo.href }),
      loginUrl: login.href,
      ...(override.logoutUrl && { logoutUrl: override.logoutUrl }),
      loginDomain: override.loginDomain ?? options.defaultLoginDomain,
      origins: override.origins ?? [login.origin],
      organizationUsage: client.organization_usage ?? 'deny',
      ...(override.alsoOpens && { alsoOpens: override.alsoOpens }),
      ways,
    };
  };

  const connectionsOf = async (id: TargetAppId): Promise<readonly string[]> => {
    const connections = await managementItems(
      management.clients.connections.get(id, { take: PAGE_SIZE }),
    );
    return connections.flatMap(({ name }) => name ?? []);
  };

  const withConnections = async (app: TargetApp): Promise<CatalogedApp> => ({
    ...app,
    connections: await recentConnections(app.id, () => connectionsOf(app.id)),
  });

  const fetchAll = async (): Promise<readonly CatalogedApp[]> => {
    const clients = await managementItems(
      management.clients.list({ is_global: false, per_page: PAGE_SIZE, include_totals: true }),
    );
    const apps = clients.flatMap((client) => describe(client) ?? []);
    return Promise.all(apps.map(withConnections));
  };

  return {
    list: () => {
      const now = clock().getTime();
      if (!cached || now - cached.at >= LIST_LIFETIME_MILLISECONDS) {
        const apps = fetchAll();
        const entry = { at: now, apps };
        cached = entry;
        apps.catch(() => {
          if (cached === entry) {
            cached = undefined;
          }
        });
      }
      return cached.apps;
    },
    load: async (id) => {
      const client = await managementAnswer(management.clients.get(id));
      const app = client && describe(client);
      return app?.id === id ? withConnections(app) : undefined;
    },
  };
};
