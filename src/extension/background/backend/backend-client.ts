import { done, type Outcome, refused } from '../../messages/wire/outcome.ts';
import { extensionProblem } from '../../messages/wire/problem.ts';
import type { BackendCall, BackendHttp, EndpointName, ReplyOf } from './backend-http.ts';

/** What a call needs of the agent's tokens. */
type CallTokens = { readonly backendOrigin: string; readonly accessToken: string };

/** Calls the backend as the signed-in agent, with tokens that the caller holds already or with fresh ones. Never throws. */
export type BackendClient = <Name extends EndpointName>(
  name: Name,
  call?: Omit<BackendCall, 'accessToken'>,
  held?: CallTokens,
) => Promise<Outcome<ReplyOf<Name>>>;

type Dependencies = {
  readonly http: BackendHttp;
  readonly tokens: {
    readonly read: () => Promise<CallTokens | undefined>;
    readonly forCalls: () => Promise<Outcome<CallTokens>>;
    /** Renews tokens though they look fresh; `rejected` is the access token that did not work. */
    readonly renew: (rejected: string) => Promise<Outcome<CallTokens>>;
  };
};

/**
 * Makes {@link BackendClient}. An access token that the backend no longer takes is renewed once and
 * the call repeated; the backend has done nothing for a call that it could not authenticate. An
 * answer that comes after the agent signed out is thrown away: nothing of it may be stored or used.
 */
export const createBackendClient = ({ http, tokens }: Dependencies): BackendClient => {
  const send: BackendClient = async (name, call = {}, held) => {
    const current = held ? done(held) : await tokens.forCalls();
    if (!current.ok) {
      return current;
    }
    const origin = current.value.backendOrigin;
    const { accessToken } = current.value;
    const answer = await http(origin, name, { ...call, accessToken });
    if (answer.ok || answer.problem.code !== 'unauthenticated') {
      return answer;
    }
    const renewed = await tokens.renew(accessToken);
    if (!renewed.ok) {
      return refused(renewed.problem);
    }
    const again = await http(origin, name, {
      ...call,
      accessToken: renewed.value.accessToken,
    });
    return again.ok || again.problem.code !== 'unauthenticated'
      ? again
      : refused(extensionProblem('session_expired'));
  };
  return async (name, call, held) => {
    const answer = await send(name, call, held);
    const isSignedIn = (await tokens.read()) !== undefined;
    return isSignedIn || !answer.ok ? answer : refused(extensionProblem('signed_out'));
  };
};
