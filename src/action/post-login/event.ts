import type { ActionSecrets } from '../secrets.ts';

/** The actor of a delegated session: Auth0's `sub`, and what the custom-token-exchange Action added. */
export type Actor = {
  readonly sub: string;
  readonly app?: unknown;
  readonly org?: unknown;
  readonly launch?: unknown;
};

/**
 * The part of Auth0's post-login event that the Action reads. `transaction.actor` is there at the
 * exchange, `session.actor` in the delegated session.
 * @see Auth0 "Post-login Trigger", event object
 */
export type PostLoginEvent = {
  readonly client: { readonly client_id: string };
  readonly organization?: { readonly id: string };
  readonly user: {
    readonly user_id: string;
    readonly app_metadata?: Readonly<Record<string, unknown>>;
  };
  readonly authorization?: { readonly roles: readonly string[] };
  readonly session?: { readonly actor?: Actor };
  readonly transaction?: { readonly actor?: Actor };
  readonly secrets: ActionSecrets;
};

/** The part of Auth0's post-login API that the Action calls. */
export type PostLoginApi = {
  readonly access: { readonly deny: (reason: string) => void };
  readonly idToken: { readonly setCustomClaim: (name: string, value: unknown) => void };
};
