import { type RedemptionCheck, refusedDelegation } from './redemption-check.ts';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Production tenants refuse callbacks on localhost; `*.localhost` stands for a real domain here. */
export const redirectNotLoopback: RedemptionCheck = ({ context, request }) =>
  context.choices.refuseLoopbackRedirects && LOOPBACK.has(new URL(request.redirectUri).hostname)
    ? {
        ...refusedDelegation(
          context,
          'invalid_request',
          'redirect-to-loopback',
          'A delegated session cannot redirect to localhost.',
        ),
        answer: 'error_page',
      }
    : undefined;
