import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Problem, ProblemText } from '../../contract/problem.ts';
import type { Refusal } from '../refusal.ts';
import type { HttpContext } from './environment.ts';
import { ERROR_TEXTS } from './error-texts.ts';

const RETRY_AFTER_SECONDS = 1;

/**
 * What a refusal means, in words that hold for its code: without a detail that can tell something of the
 * customer.
 */
export const problemText = ({ code, detail, isPublic }: Refusal): ProblemText => {
  const { title, action } = ERROR_TEXTS[code];
  return { code, title, detail: isPublic ? detail : `${title}.`, action };
};

/**
 * Answers with a refusal as a problem document. The status is the code's own unless the route knows a
 * better one.
 * @see RFC 9457
 */
export const problemResponse = (
  c: HttpContext,
  { code, detail, stepUp, policies, policyHash }: Refusal,
  status?: ContentfulStatusCode,
): Response => {
  const { title, action, status: usual } = ERROR_TEXTS[code];
  const sent = status ?? usual;
  const problem: Problem = {
    type: `urn:understudy:problem:${code}`,
    status: sent,
    code,
    title,
    detail,
    action,
    requestId: c.get('requestId'),
    ...(stepUp && { stepUp }),
    ...(policies && { policies: [...policies] }),
    ...(policyHash !== undefined && { policyHash }),
  };
  if (sent === 401) {
    c.header('www-authenticate', 'Bearer');
  }
  if (sent === 429) {
    c.header('retry-after', String(RETRY_AFTER_SECONDS));
  }
  c.header('content-type', 'application/problem+json');
  return c.body(JSON.stringify(problem), sent);
};
