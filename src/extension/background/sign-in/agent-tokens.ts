import * as z from 'zod/mini';
import type { StorageArea } from '../../browser/storage.ts';
import { done, type Outcome, refused } from '../../messages/wire/outcome.ts';
import { extensionProblem } from '../../messages/wire/problem.ts';
import type { Backend } from '../backend/backend-setting.ts';
import { createSerial } from '../storage/serial.ts';
import { storedValue } from '../storage/stored-value.ts';
import type { GrantedTokens } from './granted-tokens.ts';
import type { OwnSessionTransfer, OwnSessionTransferGrant } from './own-session-transfer.ts';
import type { RefreshGrant } from './refresh-grant.ts';

/** The agent's tokens. Times are ours, in milliseconds since the epoch: the agent's clock may be off, but not from itself. */
const tokenSetSchema = z.object({
  backendOrigin: z.string(),
  sub: z.string(),
  accessToken: z.string(),
  accessTokenExpiresAt: z.number(),
  idToken: z.string(),
  idTokenReceivedAt: z.number(),
  refreshToken: z.optional(z.string()),
  /** Refresh tokens of sign-ins before the last one: sessions may hang on them, so they are revoked at sign-out only. */
  earlierRefreshTokens: z.optional(z.array(z.string())),
  /** The ID token comes from a sign-in that a launch asked for, and a renewed one may prove less. */
  signedInAgain: z.optional(z.literal(true)),
});
export type TokenSet = z.infer<typeof tokenSetSchema>;

/** How fresh tokens must be: the access token's time left, the ID token's age, both in milliseconds. */
type Freshness = { readonly timeLeft: number; readonly idTokenAge: number };

const MINUTE = 60_000;
/** For ordinary calls the ID token does not matter. */
const FOR_CALLS: Freshness = { timeLeft: MINUTE, idTokenAge: Number.POSITIVE_INFINITY };
/** The backend refuses actor tokens older than 15 minutes. */
const FOR_LAUNCH: Freshness = { timeLeft: MINUTE, idTokenAge: 10 * MINUTE };
/** Renewed when the popup opens, so that a launch minutes later still finds both fresh. */
const AHEAD: Freshness = { timeLeft: 5 * MINUTE, idTokenAge: 5 * MINUTE };

/** Keeps the agent's tokens in session storage and renews them, one renewal at a time. */
export type AgentTokens = {
  /** The tokens for the backend in use; tokens for another one count as none. */
  readonly read: () => Promise<TokenSet | undefined>;
  readonly accept: (granted: GrantedTokens, backend: Backend) => Promise<Outcome<TokenSet>>;
  /** Takes the tokens of a further sign-in of the same agent. Nobody else's, and none after a sign-out. */
  readonly acceptAgain: (granted: GrantedTokens, backend: Backend) => Promise<Outcome<TokenSet>>;
  readonly forCalls: () => Promise<Outcome<TokenSet>>;
  readonly forLaunch: () => Promise<Outcome<TokenSet>>;
  readonly ahead: () => Promise<Outcome<TokenSet>>;
  /** Renews even though the tokens look fresh, unless somebody else just did: `rejected` is the access token that did not work. */
  readonly renew: (rejected: string) => Promise<Outcome<TokenSet>>;
  readonly transferOwnSession: () => Promise<Outcome<OwnSessionTransfer>>;
  /** Gives the tokens one last time and forgets them, after a renewal that is under way: none comes back later. */
  readonly take: () => Promise<TokenSet | undefined>;
};

type Dependencies = {
  readonly session: StorageArea;
  readonly backend: () => Promise<Outcome<Backend>>;
  /** The backend as far as it is known without asking anybody. */
  readonly remembered: () => Promise<Backend | undefined>;
  /** Settles when the company's policy, which may name another backend, is known for certain. */
  readonly policyConfirmed: () => Promise<void>;
  readonly refresh: RefreshGrant;
  readonly ownSessionTransfer: OwnSessionTransferGrant;
  readonly now: () => number;
  /** Told once when the issuer no longer accepts the refresh token. */
  readonly onExpired: () => Promise<void>;
};

/** Makes {@link AgentTokens}. */
export const createAgentTokens = (dependencies: Dependencies): AgentTokens => {
  const { now } = dependencies;
  const stored = storedValue(dependencies.session, 'tokens', tokenSetSchema);
  // A refresh token works once: everything that spends it goes through this queue.
  const spendingRefreshToken = createSerial();

  const isFresh = (tokens: TokenSet, { timeLeft, idTokenAge }: Freshness): boolean => {
    const mayBeOld = tokens.signedInAgain
      ? Math.max(idTokenAge, FOR_LAUNCH.idTokenAge)
      : idTokenAge;
    return (
      tokens.accessTokenExpiresAt - now() > timeLeft && now() - tokens.idTokenReceivedAt < mayBeOld
    );
  };

  const read = async (): Promise<TokenSet | undefined> => {
    const [tokens, backend] = await Promise.all([stored.read(), dependencies.remembered()]);
    return backend && tokens?.backendOrigin === backend.origin ? tokens : undefined;
  };

  const store = async (
    granted: GrantedTokens,
    backendOrigin: string,
    previous: TokenSet | undefined,
    changed: Partial<TokenSet> = {},
  ): Promise<Outcome<TokenSet>> => {
    const idToken = granted.idToken ?? previous?.idToken;
    const sub = granted.sub ?? previous?.sub;
    if (idToken === undefined || sub === undefined) {
      return refused(extensionProblem('actor_unavailable'));
    }
    const refreshToken = granted.refreshToken ?? previous?.refreshToken;
    const tokens: TokenSet = {
      backendOrigin,
      sub,
      accessToken: granted.accessToken,
      accessTokenExpiresAt: now() + granted.expiresInSeconds * 1000,
      idToken,
      idTokenReceivedAt: granted.idToken === undefined ? (previous?.idTokenReceivedAt ?? 0) : now(),
      ...(refreshToken !== undefined && { refreshToken }),
      ...(previous?.earlierRefreshTokens && {
        earlierRefreshTokens: previous.earlierRefreshTokens,
      }),
      ...changed,
    };
    await stored.write(tokens);
    return done(tokens);
  };

  const expire = async (): Promise<Outcome<never>> => {
    await stored.forget();
    await dependencies.onExpired();
    return refused(extensionProblem('session_expired'));
  };

  /** Spends the refresh token when the tokens are not good enough by then; who waited in the queue finds them renewed. */
  const renewUnless = (isGoodEnough: (tokens: TokenSet) => boolean): Promise<Outcome<TokenSet>> =>
    spendingRefreshToken(async () => {
      const backend = await dependencies.backend();
      const tokens = await read();
      if (!backend.ok) {
        return backend;
      }
      if (!tokens) {
        return refused(extensionProblem('signed_out'));
      }
      if (isGoodEnough(tokens)) {
        return done(tokens);
      }
      if (tokens.refreshToken === undefined) {
        return expire();
      }
      const granted = await dependencies.refresh(backend.value, tokens.refreshToken);
      if (granted.ok) {
        return store(granted.value, backend.value.origin, tokens);
      }
      return granted.problem.code === 'session_expired' ? expire() : granted;
    });

  const atLeast = async (freshness: Freshness): Promise<Outcome<TokenSet>> => {
    const tokens = await read();
    if (tokens && isFresh(tokens, freshness)) {
      return done(tokens);
    }
    return renewUnless((current) => isFresh(current, freshness));
  };

  const forLaunch: AgentTokens['forLaunch'] = async () => {
    await dependencies.policyConfirmed();
    const tokens = await atLeast(FOR_LAUNCH);
    if (tokens.ok && !isFresh(tokens.value, FOR_LAUNCH)) {
      return refused(extensionProblem('actor_unavailable'));
    }
    return tokens;
  };

  const acceptAgain: AgentTokens['acceptAgain'] = (granted, backend) =>
    spendingRefreshToken(async () => {
      const previous = await read();
      if (previous?.backendOrigin !== backend.origin) {
        return refused(extensionProblem('signed_out'));
      }
      if (granted.sub !== previous.sub) {
        return refused(extensionProblem('step_up_other_account'));
      }
      const { refreshToken, earlierRefreshTokens = [] } = previous;
      const replaced = granted.refreshToken === undefined ? undefined : refreshToken;
      return store(granted, backend.origin, previous, {
        signedInAgain: true,
        ...(replaced !== undefined && {
          earlierRefreshTokens: [...earlierRefreshTokens, replaced],
        }),
      });
    });

  const transferOwnSession: AgentTokens['transferOwnSession'] = () =>
    spendingRefreshToken(async () => {
      const backend = await dependencies.backend();
      const tokens = await read();
      if (!backend.ok) {
        return backend;
      }
      if (tokens?.refreshToken === undefined) {
        return refused(extensionProblem('signed_out'));
      }
      const transfer = await dependencies.ownSessionTransfer(backend.value, tokens.refreshToken);
      if (!transfer.ok) {
        return transfer.problem.code === 'session_expired' ? expire() : transfer;
      }
      if (transfer.value.refreshToken !== undefined) {
        await stored.write({ ...tokens, refreshToken: transfer.value.refreshToken });
      }
      return transfer;
    });

  return {
    read,
    accept: (granted, backend) => store(granted, backend.origin, undefined),
    acceptAgain,
    forCalls: () => atLeast(FOR_CALLS),
    forLaunch,
    ahead: () => atLeast(AHEAD),
    renew: (rejected) => renewUnless((tokens) => tokens.accessToken !== rejected),
    transferOwnSession,
    take: () =>
      spendingRefreshToken(async () => {
        const tokens = await read();
        await stored.forget();
        return tokens;
      }),
  };
};
