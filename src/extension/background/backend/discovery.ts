import type { Discovery } from '../../../contract/discovery.ts';
import { isSecureTransport } from '../../../contract/login-url.ts';
import { done, type Outcome, refused } from '../../messages/wire/outcome.ts';
import { extensionProblem } from '../../messages/wire/problem.ts';
import { isLocalBackend } from './backend-address.ts';
import type { BackendHttp } from './backend-http.ts';

/**
 * Asks an origin whether it is an Understudy backend and how agents sign in there. Refuses a backend
 * whose audience is not its own origin: it would collect tokens that are meant for another one.
 */
export const fetchDiscovery = async (
  http: BackendHttp,
  origin: string,
): Promise<Outcome<Discovery>> => {
  const answer = await http(origin, 'discovery', {});
  if (!answer.ok) {
    const spoke =
      answer.problem.source === 'backend' || answer.problem.code === 'backend_invalid_answer';
    return spoke ? refused(extensionProblem('not_understudy')) : answer;
  }
  if (answer.value.audience !== origin) {
    return refused(extensionProblem('foreign_audience'));
  }
  if (!isSecureTransport(new URL(answer.value.issuer), isLocalBackend(origin))) {
    return refused(extensionProblem('issuer_insecure'));
  }
  return done(answer.value);
};
