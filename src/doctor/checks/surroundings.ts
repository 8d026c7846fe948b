import * as z from 'zod/mini';
import { ManagementRefusalError } from '../../setup/tenant/management-api.ts';
import { brokenLine, fixByHand, type Line, noteLine, rightLine, unknownLine } from '../line.ts';
import type { Patient } from '../patient.ts';

const MAX_SKEW_SECONDS = 30;

/** Whether this machine's clock and the tenant's agree. */
export const checkClock = async ({ api, clock }: Patient): Promise<readonly Line[]> => {
  await api.list('/connections', 'connections', 'checkpoint');
  const claim = {
    id: 'clock',
    title: 'The clocks of this machine and of the tenant agree',
    wanted: `within ${MAX_SKEW_SECONDS} s`,
    why: 'A subject token lives for 60 seconds by the backend’s clock. Run the doctor on the backend’s machine.',
  };
  const there = Date.parse(api.lastHeaders()?.date ?? '');
  if (Number.isNaN(there)) {
    return [unknownLine(claim, 'the tenant’s answer has no date')];
  }
  const seconds = Math.round(Math.abs(clock().getTime() - there) / 1000);
  return [
    seconds <= MAX_SKEW_SECONDS
      ? rightLine(claim, `${seconds} s apart`)
      : brokenLine(
          claim,
          `${seconds} s apart`,
          fixByHand('Let the machine ask a time server (NTP).'),
        ),
  ];
};

/** Whether the tenant still takes calls. */
export const checkRate = async ({ api }: Patient): Promise<readonly Line[]> => {
  await api.list('/connections', 'connections', 'checkpoint');
  const claim = {
    id: 'rate',
    title: 'The tenant’s rate limit has room',
    wanted: 'calls left',
    why: 'The backend shares it with your other systems; without room, searches and launches wait.',
    severity: 'warning' as const,
  };
  const left = api.lastHeaders()?.rateRemaining;
  if (left === null || left === undefined) {
    return [rightLine(claim, 'the tenant names no limit')];
  }
  return [
    Number(left) > 0
      ? rightLine(claim, `${left} calls left`)
      : brokenLine(
          claim,
          'no call left',
          fixByHand('Lower "limits.tenantCallsPerSecond", or find what else uses the limit up.'),
        ),
  ];
};

/** Whether the plan lets the backend end sessions at the tenant. */
export const checkPlan = async ({ api }: Patient): Promise<readonly Line[]> => {
  const claim = {
    id: 'plan.sessions',
    title: 'The plan has sessions in the Management API',
    wanted: 'yes, for an end that the tenant itself confirms',
    why: 'Without it an end signs out of the app and of the login domain, and no further.',
  };
  const answer = await api.read('/users?per_page=1&search_engine=v3&fields=user_id');
  const [user] = z.array(z.object({ user_id: z.string() })).safeParse(answer).data ?? [];
  if (!user) {
    return [unknownLine(claim, 'the tenant has no user to ask about')];
  }
  try {
    await api.read(`/users/${encodeURIComponent(user.user_id)}/sessions`);
    return [rightLine(claim, 'yes')];
  } catch (error) {
    if (error instanceof ManagementRefusalError && error.code === 'feature_not_enabled') {
      return [noteLine(claim, 'not in this plan')];
    }
    throw error;
  }
};

const LOCAL = /(?:^|\.)localhost$/;

/** Whether the backend can know the addresses that agents come from. */
export const checkAddresses = async ({ settings }: Patient): Promise<readonly Line[]> => {
  const { publicOrigin, listen, trustedProxies } = settings;
  const isLocal = LOCAL.test(new URL(publicOrigin).hostname);
  const isBehindProxy = /^(?:127\.|::1$|localhost$)/.test(listen.host);
  const claim = {
    id: 'config.trustedProxies',
    title: 'The backend sees the addresses of agents',
    wanted: 'the proxy in front of it in "trustedProxies"',
    why: 'The token redeems only from the address that asked for it, and behind a proxy that is not trusted every agent has the proxy’s.',
  };
  return [
    isLocal || !isBehindProxy || trustedProxies.length > 0
      ? rightLine(claim, trustedProxies.join(', ') || `it listens on ${listen.host} itself`)
      : brokenLine(
          claim,
          `it listens on ${listen.host} only, and trusts no proxy`,
          fixByHand('Set "trustedProxies" in understudy.json, for example to ["127.0.0.1"].'),
        ),
  ];
};

const keySetSchema = z.object({ keys: z.array(z.object({ kid: z.string() })) });

const kidsOf = (text: string): readonly string[] => {
  try {
    return keySetSchema.parse(JSON.parse(text)).keys.map(({ kid }) => kid);
  } catch {
    // Not a key set: then it names no key.
    return [];
  }
};

/** Whether the running backend signs with the key that the doctor was given. */
export const checkKeys = async (patient: Patient): Promise<readonly Line[]> => {
  const { publicOrigin } = patient.settings;
  const claim = {
    id: 'key',
    title: 'The running backend signs with the key of the secrets file',
    wanted: 'the same key',
    why: 'The Action accepts the keys that setup pinned in it, and no other.',
  };
  if (patient.jwks === undefined) {
    return [unknownLine(claim, 'the doctor was given no secrets file (--secrets)')];
  }
  const known = kidsOf(patient.jwks);
  let text: string;
  try {
    const answer = await patient.fetch(`${publicOrigin}/.well-known/jwks.json`, {
      signal: AbortSignal.timeout(5_000),
      redirect: 'error',
    });
    text = await answer.text();
  } catch {
    // Not started yet, or not reachable from here: neither is wrong.
    return [unknownLine(claim, `${publicOrigin} does not answer from here`)];
  }
  const running = kidsOf(text);
  return [
    running.length > 0 && running.every((kid) => known.includes(kid))
      ? rightLine(claim, running.join(', '))
      : brokenLine(
          claim,
          running.join(', ') || 'no key',
          fixByHand(
            'Restart the backend with this secrets file, or run "npm run setup" with the backend’s.',
          ),
        ),
  ];
};
