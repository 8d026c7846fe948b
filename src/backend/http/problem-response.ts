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

/** The problem document of a refusal. @see RFC 9457 */
export const problemDocument = (
  { code, detail, stepUp, policies, policyHash }: Refusal,
  status: number,
  requestId: string,
): Problem => {
  const { title, action } = ERROR_TEXTS[code];
  return {
    type: `urn:understudy:problem:${code}`,
    status,
    code,
    title,
    detail,
    action,
    requestId,
    ...(stepUp && { stepUp }),
    ...(policies && { policies: [...policies] }),
    ...(policyHash !== undefined && { policyHash }),
  };
};

/**
 * Answers with a refusal as a problem document. The status is the code's own unless the route knows a
 * better one.
 */
export const problemResponse = (
  c: HttpContext,
  refusal: Refusal,
  status?: ContentfulStatusCode,
): Response => {
  const sent = status ?? ERROR_TEXTS[refusal.code].status;
  const problem = problemDocument(refusal, sent, c.get('requestId'));
  if (sent === 401) {
    c.header('www-authenticate', 'Bearer');
  }
  if (sent === 429) {
    c.header('retry-after', String(RETRY_AFTER_SECONDS));
  }
  c.header('content-type', 'application/problem+json');
  return c.body(JSON.stringify(problem), sent);
};
