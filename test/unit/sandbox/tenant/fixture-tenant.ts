import { expect, onTestFinished } from 'vitest';
import type { ActionSource } from '../../../../src/sandbox/tenant/actions/action-runner.ts';
import type { AppSwitch } from '../../../../src/sandbox/tenant/app-switch.ts';
import { createTenant, type Tenant } from '../../../../src/sandbox/tenant/create-tenant.ts';
import { describeDomains } from '../../../../src/sandbox/tenant/domain.ts';
import type { TenantSeed } from '../../../../src/sandbox/tenant/model.ts';
import { createSigningKey } from '../../../../src/sandbox/tenant/tokens/signing-key.ts';
import {
  defaultChoices,
  type UndocumentedChoices,
} from '../../../../src/sandbox/tenant/undocumented-choices.ts';
import { ECHOING_POST_LOGIN_ACTION, OBEDIENT_EXCHANGE_ACTION } from './fixture-actions.ts';
import { AGENTS_ORIGIN, CANONICAL_ORIGIN, CUSTOMERS_ORIGIN, fixtureSeed } from './fixture-seed.ts';
import { faultsOf } from './published-log-fields.ts';

const signingKey = await createSigningKey('test-key');

export type FixtureTenant = Tenant & {
  /** Moves the tenant's clock, in seconds. */
  wait: (seconds: number) => void;
  now: () => number;
  /** Runs what is due by now, and what that makes due. */
  settle: () => Promise<void>;
  /** The logout tokens that were posted, by URL. */
  posted: { url: string; logoutToken: string }[];
  /** What applications answer to a logout token from now on; undefined is no answer. */
  answerLogoutWith: (status: number | undefined) => void;
};

/** A tenant on a fake clock with countable randomness; closed when the test ends. */
export const fixtureTenant = (
  options: {
    choices?: Partial<UndocumentedChoices>;
    change?: (seed: TenantSeed) => void;
    apps?: Record<string, AppSwitch>;
    postLogin?: ActionSource;
    timeoutInMilliseconds?: number;
  } = {},
): FixtureTenant => {
  let now = Date.parse('2026-11-20T10:00:00Z');
  let count = 0;
  let logoutStatus: number | undefined = 204;
  let tasks: { at: number; run: () => Promise<void> }[] = [];
  const posted: FixtureTenant['posted'] = [];
  const seed = fixtureSeed();
  options.change?.(seed);
  const tenant = createTenant({
    domains: describeDomains([AGENTS_ORIGIN, CUSTOMERS_ORIGIN], CANONICAL_ORIGIN),
    seed,
    actions: {
      customTokenExchange: { code: OBEDIENT_EXCHANGE_ACTION, secrets: { COLOR: 'green' } },
      postLogin: options.postLogin ?? { code: ECHOING_POST_LOGIN_ACTION, secrets: {} },
    },
    actionLimits: {
      timeoutInMilliseconds: options.timeoutInMilliseconds ?? 25_000,
      memoryInMegabytes: 64,
    },
    choices: { ...defaultChoices, ...options.choices },
    signingKey,
    apps: options.apps ?? {},
    later: (delayInMilliseconds, run) => {
      tasks.push({ at: now + delayInMilliseconds, run });
    },
    postLogoutToken: async (url, logoutToken) => {
      posted.push({ url, logoutToken });
      return logoutStatus;
    },
    clock: () => now,
    randomToken: () => {
      count += 1;
      return `random-${count}`;
    },
  });
  onTestFinished(async () => {
    await tenant.close();
    // Whatever a test is about: no entry that the tenant wrote may be kinder than Auth0's schemas,
    // unless it was chosen to be.
    if (tenant.context.choices.actorInLog === 'object') {
      return;
    }
    expect(tenant.context.log.entries.flatMap(faultsOf)).toEqual([]);
  });
  return {
    ...tenant,
    wait: (seconds) => {
      now += seconds * 1000;
    },
    now: () => now,
    settle: async () => {
      for (;;) {
        const due = tasks.filter((task) => task.at <= now);
        if (due.length === 0) {
          return;
        }
        tasks = tasks.filter((task) => task.at > now);
        for (const task of due) {
          await task.run();
        }
      }
    },
    posted,
    answerLogoutWith: (status) => {
      logoutStatus = status;
    },
  };
};
