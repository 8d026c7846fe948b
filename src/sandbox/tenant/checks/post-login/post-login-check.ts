import type { SessionChanges } from '../../actions/action-results.ts';
import type { TenantContext } from '../../context.ts';

/** What a post-login Action asked for beyond claims and refusals. */
type PostLoginRequest = {
  context: TenantContext;
  /** False at an exchange and at a refresh, where nobody signs on in the browser. */
  hasSession: boolean;
  sessionChanges: SessionChanges;
};

/** One rule; gives what went wrong, which fails the login. */
export type PostLoginCheck = (request: PostLoginRequest) => string | undefined;
