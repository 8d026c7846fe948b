import type { ActionSecrets } from '../secrets.ts';

/**
 * The actor of a delegated session: Auth0's `sub`, and what the custom-token-exchange Action added. The
 * actors of other delegation profiles of the tenant have other properties, or none.
 */
export type Actor = {
  readonly sub: string;
  readonly app?: unknown;
  readonly org?: unknown;
  readonly launch?: unknown;
  readonly grant?: unknown;
};

/** An actor that our custom-token-exchange Action set: it carries a launch. */
export type LaunchActor = Actor & { readonly launch: string };

/**
 * The part of Auth0's post-login event that the Action reads. `transaction.actor` is there at the
 * exchange, `session.actor` in the delegated session, `session_transfer_token` while a token is redeemed.
 * @see Auth0 "Post-login Trigger", event object
 */
export type PostLoginEvent = {
  readonly client: { readonly client_id: string };
  readonly connection?: { readonly name: string };
  readonly organization?: { readonly id: string };
  readonly user: {
    readonly user_id: string;
    readonly identities?: readonly { readonly connection: string }[];
    readonly app_metadata?: Readonly<Record<string, unknown>>;
  };
  readonly authorization?: { readonly roles: readonly string[] };
  readonly session?: { readonly actor?: Actor };
  readonly session_transfer_token?: { readonly client_id: string };
  readonly transaction?: {
    readonly actor?: Actor;
    readonly protocol?: string;
    readonly acr_values?: readonly string[];
  };
  readonly secrets: ActionSecrets;
};

/**
 * The part of Auth0's post-login API that the Action calls. The two methods of `session` exist on
 * Enterprise plans only; elsewhere calling them fails the login. `setExpiresAt` takes milliseconds since 1970.
 * @see Auth0 "Post-login Trigger", API object
 */
export type PostLoginApi = {
  readonly access: { readonly deny: (reason: string) => void };
  readonly idToken: { readonly setCustomClaim: (name: string, value: unknown) => void };
  readonly multifactor: {
    readonly enable: (provider: string, options: { allowRememberBrowser: boolean }) => void;
  };
  readonly session: {
    readonly setMetadata: (key: string, value: string) => void;
    readonly setExpiresAt: (absolute: number) => void;
  };
};
