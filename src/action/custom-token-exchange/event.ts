import type { ActionSecrets } from '../secrets.ts';
import type { ActionCache } from './subject-token-keys.ts';

/**
 * The part of Auth0's custom-token-exchange event that the Action reads.
 * @see Auth0 "Custom Token Exchange Trigger", event object
 */
export type TokenExchangeEvent = {
  readonly client: { readonly client_id: string };
  readonly organization?: { readonly id: string };
  readonly resource_server?: { readonly identifier: string };
  readonly transaction: {
    readonly subject_token: string;
    readonly actor_token?: string;
    readonly actor_token_type?: string;
    readonly actor_token_user?: { readonly user_id: string };
  };
  readonly secrets: ActionSecrets;
};

/** What Auth0 lets a custom property of an actor be. */
type ActorProperty = string | boolean | number;

/**
 * The part of Auth0's custom-token-exchange API that the Action calls. `cache` times are milliseconds.
 * @see Auth0 "Custom Token Exchange Trigger", API object
 */
export type TokenExchangeApi = {
  readonly access: {
    readonly deny: (code: string, reason: string) => void;
    readonly rejectInvalidSubjectToken: (reason: string) => void;
  };
  readonly authentication: {
    readonly setUserById: (userId: string) => void;
    readonly setUserByConnection: (
      connection: string,
      user: { readonly user_id: string },
      behavior: { readonly creationBehavior: 'none'; readonly updateBehavior: 'none' },
    ) => void;
    readonly setActor: (actor: { readonly sub: string } & Record<string, ActorProperty>) => void;
  };
  readonly cache: ActionCache;
};
