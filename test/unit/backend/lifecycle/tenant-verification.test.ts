import { describe, expect, it, vi } from 'vitest';
import { verifyTenant } from '../../../../src/backend/lifecycle/tenant-verification.ts';
import { TenantUnavailableError } from '../../../../src/backend/ports/tenant-errors.ts';

const WRONG = 'customers.connections.0: the tenant has no connection "custmers"';

/** A check that answers these, one after the other, and the last one for ever; an error is thrown. */
const answering = (...answers: (readonly string[] | Error)[]) => {
  let asked = 0;
  const lines: string[] = [];
  const line = (event: string): void => {
    lines.push(event);
  };
  return {
    asked: () => asked,
    lines,
    options: {
      check: async () => {
        const answer = answers[Math.min(asked, answers.length - 1)] ?? [];
        asked += 1;
        if (answer instanceof Error) {
          throw answer;
        }
        return answer;
      },
      retryMilliseconds: 5_000,
      log: { info: line, warn: line, error: line },
    },
  };
};
const silent = () => new TenantUnavailableError('The token endpoint did not answer.');

it('a tenant that contradicts nothing is verified at once', async () => {
  expect((await verifyTenant(answering([]).options)).isDone()).toBe(true);
});

it('a tenant that contradicts the configuration at the start stops the backend, field by field', async () => {
  const { options } = answering([
    WRONG,
    'auth0.extensionClientId: the tenant has no application "x"',
  ]);
  await expect(verifyTenant(options)).rejects.toMatchObject({
    name: 'ConfigError',
    message: `${WRONG}\nauth0.extensionClientId: the tenant has no application "x"`,
  });
});

it('a fault of the check itself stops the backend', async () => {
  await expect(verifyTenant(answering(new RangeError('x')).options)).rejects.toThrow(RangeError);
});

describe('a tenant that does not answer at the start', () => {
  it('is asked again until it does, and only then verified', async () => {
    vi.useFakeTimers();
    const { options, asked, lines } = answering(silent(), silent(), []);
    const verification = await verifyTenant(options);
    expect(verification.isDone()).toBe(false);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(verification.isDone()).toBe(false);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(verification.isDone()).toBe(true);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked()).toBe(3);
    expect(lines).toEqual(['tenant_not_verified', 'tenant_not_verified', 'tenant_verified']);
    vi.useRealTimers();
  });

  it('and then contradicts the configuration keeps the backend from being ready until it is fixed', async () => {
    vi.useFakeTimers();
    const { options, lines } = answering(silent(), [WRONG], []);
    const verification = await verifyTenant(options);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(verification.isDone()).toBe(false);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(verification.isDone()).toBe(true);
    expect(lines).toEqual([
      'tenant_not_verified',
      'tenant_contradicts_configuration',
      'tenant_verified',
    ]);
    vi.useRealTimers();
  });

  it('is not asked any more after a stop', async () => {
    vi.useFakeTimers();
    const { options, asked } = answering(silent());
    (await verifyTenant(options)).stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked()).toBe(1);
    vi.useRealTimers();
  });
});
