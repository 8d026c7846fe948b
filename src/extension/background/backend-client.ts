import { type Outcome, refused } from '../messages/outcome.ts';
import { extensionProblem } from '../messages/problem.ts';
import type { AgentTokens } from './agent-tokens.ts';
import type { BackendCall, BackendHttp, EndpointName, ReplyOf } from './backend-http.ts';
import type { Backend } from './backend-setting.ts';

/** Calls the backend as the signed-in agent. Never throws. */
export type BackendClient = <Name extends EndpointName>(
  name: Name,
  call?: Omit<BackendCall, 'accessToken'>,
) => Promise<Outcome<ReplyOf<Name>>>;

type Dependencies = {
  readonly http: BackendHttp;
  readonly backend: () => Promise<Outcome<Backend>>;
  readonly tokens: Pick<AgentTokens, 'read' | 'forCalls' | 'renew'>;
};

/**
 * Makes {@link BackendClient}. An access token that the backend no longer takes is renewed once and
 * the call repeated; the backend has done nothing for a call that it could not authenticate. An
 * answer that comes after the agent signed out is thrown away: nothing of it may be stored or used.
 */
export const createBackendClient = ({ http, backend, tokens }: Dependencies): BackendClient => {
  const send: BackendClient = async (name, call = {}) => {
    const [target, current] = [await backend(), await tokens.forCalls()];
    if (!target.ok) return target;
    if (!current.ok) return current;
    const { accessToken } = current.value;
    const answer = await http(target.value.origin, name, { ...call, accessToken });
    if (answer.ok || answer.problem.code !== 'unauthenticated') return answer;
    const renewed = await tokens.renew(accessToken);
    if (!renewed.ok) return refused(renewed.problem);
    const again = await http(target.value.origin, name, {
      ...call,
      accessToken: renewed.value.accessToken,
    });
    return again.ok || again.problem.code !== 'unauthenticated'
      ? again
      : refused(extensionProblem('session_expired'));
  };
  return async (name, call) => {
    const answer = await send(name, call);
    const isSignedIn = (await tokens.read()) !== undefined;
    return isSignedIn || !answer.ok ? answer : refused(extensionProblem('signed_out'));
  };
};
