import { currentAgent, currentInterest, currentOrder, isForEnd } from '../../current-agent.ts';
import type { Clock } from '../../ports/clock.ts';
import { createCallQueue, PURPOSES, type Purpose } from './call-queue.ts';

/** A call without a turn after this long is refused as the tenant itself refuses what is over its rate. */
const MAX_WAIT_MILLISECONDS = 4_000;
/** How long everything waits after the tenant refused a call for its rate without saying until when. */
const BACK_OFF_MILLISECONDS = 1_000;
/** The part of the rate that only ends may use, and that is left to the company's other systems. */
const RESERVED_SHARE = 0.2;
const BACKEND = '(backend)';

export type CallLimit = {
  /** All calls to the Management API together. */
  readonly callsPerSecond: number;
  readonly clock: Clock;
  readonly delay: (milliseconds: number) => Promise<void>;
};

/** What a call is for, as its method and path tell. */
const purposeOf = (pathname: string): Purpose => {
  if (isForEnd() || pathname.startsWith('/api/v2/sessions/') || pathname.endsWith('/oauth/token')) {
    return 'end';
  }
  if (pathname.startsWith('/api/v2/logs')) {
    return 'confirm';
  }
  return pathname === '/api/v2/users' ? 'search' : 'launch';
};

const overRate = (): Response =>
  Response.json({ statusCode: 429, error: 'Too Many Requests' }, { status: 429 });

/**
 * Limits all calls to the Management API: by a rate of our own, and by what the tenant's headers say is left.
 * Calls wait in one queue, taken by what they are for and in turn between agents. The last part of the rate is
 * kept for ends and for the company's other systems. A search that nobody waits for any more comes last. A call that
 * waited too long is answered 429, unsent.
 * @see Auth0 "Rate Limit Policy": `x-ratelimit-limit`, `x-ratelimit-remaining`, `x-ratelimit-reset` (UNIX seconds)
 */
export const limitFetch = (send: typeof fetch, limit: CallLimit): typeof fetch => {
  const { callsPerSecond, clock, delay } = limit;
  const reserve = Math.floor(callsPerSecond * RESERVED_SHARE);
  const queue = createCallQueue();
  let left = callsPerSecond;
  let refilledAt = clock().getTime();
  /** Until then nothing is sent, and until then nothing but ends. */
  let closedUntil = 0;
  let reservedUntil = 0;
  let isPumping = false;

  const refill = (now: number): void => {
    const gained = ((now - refilledAt) / 1000) * callsPerSecond;
    left = Math.min(callsPerSecond, left + Math.max(0, gained));
    refilledAt = now;
  };

  /** What may be sent now: ends down to the last call, anything else down to the reserve. */
  const allowed = (now: number): readonly Purpose[] => {
    if (now < closedUntil || left < 1) {
      return [];
    }
    return now < reservedUntil || left < reserve + 1 ? ['end'] : PURPOSES;
  };

  const pump = async (): Promise<void> => {
    if (isPumping) {
      return;
    }
    isPumping = true;
    while (!queue.isEmpty()) {
      const now = clock().getTime();
      refill(now);
      const call = queue.take(allowed(now));
      if (call) {
        left -= 1;
        call.start();
      } else {
        queue.dropOlderThan(now - MAX_WAIT_MILLISECONDS);
        await delay(1000 / callsPerSecond);
      }
    }
    isPumping = false;
  };

  const learnFrom = (response: Response): void => {
    const now = clock().getTime();
    const told = (name: string): number => Number(response.headers.get(name) ?? Number.NaN);
    const reset = told('x-ratelimit-reset') * 1000;
    const limit = told('x-ratelimit-limit');
    // What is kept is a part of the tenant's own limit, where it names one.
    const kept = Number.isNaN(limit) ? reserve : Math.floor(limit * RESERVED_SHARE);
    if (response.status === 429) {
      closedUntil = reset > now ? reset : now + BACK_OFF_MILLISECONDS;
    } else if (told('x-ratelimit-remaining') <= kept && reset > now) {
      reservedUntil = reset;
    }
  };

  return async (input, init) => {
    const { pathname } = new URL(input instanceof Request ? input.url : input);
    const turn = Promise.withResolvers<boolean>();
    const purpose = purposeOf(pathname);
    queue.add({
      purpose,
      key: currentAgent() ?? BACKEND,
      since: clock().getTime(),
      order: currentOrder(),
      // A token that a search asks for first is everybody's.
      isWanted: purpose === 'search' ? currentInterest() : () => true,
      start: () => turn.resolve(true),
      drop: () => turn.resolve(false),
    });
    pump().catch(turn.reject);
    if (!(await turn.promise)) {
      return overRate();
    }
    const response = await send(input, init);
    learnFrom(response);
    return response;
  };
};
