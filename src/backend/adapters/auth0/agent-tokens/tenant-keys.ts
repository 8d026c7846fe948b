import { createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose';
import { TenantUnavailableError } from '../../../ports/tenant-errors.ts';

const TIMEOUT_MILLISECONDS = 5_000;

/**
 * The tenant's signing keys, fetched when needed and kept. An unknown key id is an unverifiable token
 * (jose's `JWKSNoMatchingKey`); a tenant that does not hand out its keys is {@link TenantUnavailableError}.
 */
export const tenantKeys = (jwksUri: string): JWTVerifyGetKey => {
  const keys = createRemoteJWKSet(new URL(jwksUri), { timeoutDuration: TIMEOUT_MILLISECONDS });
  return async (header, token) => {
    try {
      return await keys(header, token);
    } catch (cause) {
      const aboutTheToken =
        cause instanceof errors.JWKSNoMatchingKey ||
        cause instanceof errors.JWKSMultipleMatchingKeys ||
        cause instanceof errors.JOSENotSupported;
      if (aboutTheToken) {
        throw cause;
      }
      throw new TenantUnavailableError("The tenant's keys cannot be fetched.", { cause });
    }
  };
};
