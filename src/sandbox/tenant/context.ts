import type { DeployedActions } from './actions/deployed-actions.ts';
import type { AppSwitch } from './app-switch.ts';
import type { Directory } from './directory.ts';
import type { TenantDomain, TenantDomains } from './domain.ts';
import type { Later } from './later.ts';
import type { TenantLog } from './log/tenant-log.ts';
import type { Memory } from './memory.ts';
import type { SandboxConditions } from './sandbox-conditions.ts';
import type { PostLogoutToken } from './sessions/post-logout-token.ts';
import type { TokenSigner } from './tokens/token-signer.ts';
import type { UndocumentedChoices } from './undocumented-choices.ts';

/** What every route and check of one tenant works with. */
export type TenantContext = {
  domains: TenantDomains;
  directory: Directory;
  memory: Memory;
  log: TenantLog;
  signer: TokenSigner;
  choices: UndocumentedChoices;
  conditions: SandboxConditions;
  actions: DeployedActions;
  /** Target apps by `client_id`, for the sandbox's levers only. */
  apps: Readonly<Record<string, AppSwitch>>;
  later: Later;
  postLogoutToken: PostLogoutToken;
  /** Milliseconds since 1970. */
  clock: () => number;
  /** A URL-safe random string of that many bytes. */
  randomToken: (bytes: number) => string;
};

/** What is known about a request beyond its parameters. */
export type Caller = {
  domain: TenantDomain;
  /** Address at the other end of the socket. */
  ip: string;
  userAgent: string;
  language: string;
  method: string;
};

/**
 * Hono's types for the tenant: the socket's address comes in, the matched domain is set first, the
 * calling client once its Management API token has been verified.
 */
export type TenantEnv = {
  Bindings: { ip: string };
  Variables: { domain: TenantDomain; managementClientId: string };
};
