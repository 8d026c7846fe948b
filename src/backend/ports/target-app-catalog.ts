import type { TargetAppId } from '../../contract/ids.ts';
import type { TargetApp } from '../../contract/target-app.ts';

/** A target app with the connections whose customers can sign in to it. */
export type CatalogedApp = TargetApp & { readonly connections: readonly string[] };

/**
 * The apps that are open to session transfer.
 * @throws {TenantUnavailableError | TenantBusyError} from every method, when the tenant does not answer.
 */
export type TargetAppCatalog = {
  /** All of them; may be a minute old. */
  readonly list: () => Promise<readonly CatalogedApp[]>;
  /** One of them as it is now, never from a cache; `undefined` when there is none. */
  readonly load: (id: TargetAppId) => Promise<CatalogedApp | undefined>;
};
