import type { TenantContext } from '../context.ts';
import type { Session } from '../memory.ts';

/** Every local address is of one autonomous system. */
const LOCAL_ASN = '64512';

const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();

/**
 * A session as the Management API shows it; of an actor only the `sub`, and idle and absolute end
 * the same. `session_metadata` is there where the plan has it.
 *
 * @see Auth0 Management API v2, Sessions
 */
export const describeSession = ({ conditions }: TenantContext, session: Session) => ({
  id: session.id,
  user_id: session.userId,
  created_at: iso(session.createdAt),
  updated_at: iso(session.lastInteractedAt),
  authenticated_at: iso(session.createdAt),
  idle_expires_at: iso(session.expiresAt),
  expires_at: iso(session.expiresAt),
  last_interacted_at: iso(session.lastInteractedAt),
  device: {
    initial_user_agent: session.device.initialUserAgent,
    initial_ip: session.device.initialIp,
    initial_asn: LOCAL_ASN,
    last_user_agent: session.device.lastUserAgent,
    last_ip: session.device.lastIp,
    last_asn: LOCAL_ASN,
  },
  clients: session.clientIds.map((client_id) => ({ client_id })),
  authentication: {
    methods: session.methods.map(({ name, at }) => ({
      name,
      timestamp: iso(at),
      ...(name === 'mfa' && { type: 'otp' }),
    })),
  },
  cookie: { mode: session.actor ? 'non-persistent' : 'persistent' },
  ...(session.actor && { actor: { sub: session.actor.sub } }),
  ...(conditions.sessionMetadataInPlan && { session_metadata: session.metadata }),
});
