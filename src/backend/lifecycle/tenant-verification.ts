import { ConfigError } from '../config/config.ts';
import type { Log } from '../ports/log.ts';
import { TenantUnavailableError } from '../ports/tenant-errors.ts';

/** Whether the tenant has confirmed the configuration. */
export type TenantVerification = {
  readonly isDone: () => boolean;
  readonly stop: () => void;
};

type Options = {
  /** Says what the tenant contradicts; throws {@link TenantUnavailableError} when it does not answer. */
  readonly check: () => Promise<readonly string[]>;
  readonly retryMilliseconds: number;
  readonly log: Log;
};

/**
 * Holds the configuration against the tenant. What the tenant contradicts at the start is an error; a tenant
 * that does not answer is asked again until it does, and until then the backend is not ready.
 * @throws {ConfigError} naming every field that the tenant contradicts.
 */
export const verifyTenant = async (options: Options): Promise<TenantVerification> => {
  const { check, retryMilliseconds, log } = options;
  let isDone = false;
  let timer: NodeJS.Timeout | undefined;

  /** Gives what is contradicted, `undefined` while the tenant does not answer. */
  const attempt = async (): Promise<readonly string[] | undefined> => {
    try {
      const problems = await check();
      isDone = problems.length === 0;
      return problems;
    } catch (error) {
      if (!(error instanceof TenantUnavailableError)) {
        throw error;
      }
      log.warn('tenant_not_verified', { cause: error.message });
      return undefined;
    }
  };

  const retryLater = (): void => {
    timer = setTimeout(() => {
      attempt().then(
        (problems) => {
          for (const problem of problems ?? []) {
            log.error('tenant_contradicts_configuration', { problem });
          }
          if (isDone) {
            log.info('tenant_verified');
          } else {
            retryLater();
          }
        },
        (error: unknown) => {
          log.error('tenant_check_failed', {
            cause: error instanceof Error ? error.name : 'unknown',
          });
          retryLater();
        },
      );
    }, retryMilliseconds);
    timer.unref();
  };

  const problems = await attempt();
  if (problems && problems.length > 0) {
    throw new ConfigError(problems);
  }
  if (!isDone) {
    retryLater();
  }
  return { isDone: () => isDone, stop: () => clearTimeout(timer) };
};
