import type { Caller } from '../context.ts';
import type { Session } from '../memory.ts';
import type { TenantClient } from '../model.ts';

/** Remembers that a client signed on in a session just now, and from where. */
export const joinSession = (
  session: Session,
  client: TenantClient,
  caller: Caller,
  now: number,
): void => {
  if (!session.clientIds.includes(client.client_id)) {
    session.clientIds.push(client.client_id);
  }
  session.lastInteractedAt = now;
  session.device.lastIp = caller.ip;
  session.device.lastUserAgent = caller.userAgent;
};
