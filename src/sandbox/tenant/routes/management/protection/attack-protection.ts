import type { Hono } from 'hono';
import { z } from 'zod';
import type { TenantContext, TenantEnv } from '../../../context.ts';
import { readPayload } from '../read-payload.ts';
import { requireScope } from '../require-scope.ts';

const stage = z.strictObject({
  max_attempts: z.int().min(1),
  rate: z.int().min(1),
});

const change = z
  .strictObject({
    enabled: z.boolean(),
    shields: z.array(z.enum(['block', 'admin_notification'])),
    allowlist: z.array(z.string()),
    stage: z
      .strictObject({
        'pre-login': stage,
        'pre-user-registration': stage,
        'pre-custom-token-exchange': stage,
      })
      .partial(),
  })
  .partial();

/** Protections that the tenant does not imitate: they keep what they are set to, and nothing more. */
const others = (): Record<string, object> => ({
  'breached-password-detection': { enabled: false, shields: [] },
  'brute-force-protection': {
    enabled: true,
    shields: ['block'],
    allowlist: [],
    mode: 'count_per_identifier_and_ip',
    max_attempts: 10,
  },
  'bot-detection': { bot_detection_level: 'low' },
  captcha: { active_provider_id: 'auth_challenge' },
});

/**
 * Suspicious IP throttling, whose stage for custom token exchange is in force, and other protections.
 *
 * @see Auth0 Management API v2, Attack Protection
 */
export const attackProtectionRoutes = (app: Hono<TenantEnv>, context: TenantContext): void => {
  const { data } = context.directory;
  const throttling = '/api/v2/attack-protection/suspicious-ip-throttling';

  app.get(throttling, requireScope(context, 'read:attack_protection'), (c) =>
    c.json(data.suspiciousIpThrottling),
  );

  app.patch(throttling, requireScope(context, 'update:attack_protection'), async (c) => {
    const read = await readPayload(c, change);
    if ('refused' in read) {
      return read.refused;
    }
    Object.assign(data.suspiciousIpThrottling, read.body);
    return c.json(data.suspiciousIpThrottling);
  });

  for (const [name, settings] of Object.entries(others())) {
    const path = `/api/v2/attack-protection/${name}`;
    app.get(path, requireScope(context, 'read:attack_protection'), (c) => c.json(settings));
    app.patch(path, requireScope(context, 'update:attack_protection'), async (c) => {
      const read = await readPayload(c, z.looseObject({}));
      if ('refused' in read) {
        return read.refused;
      }
      Object.assign(settings, read.body);
      return c.json(settings);
    });
  }
};
