import { isSecureTransport } from '../../../contract/login-url.ts';
import { done, type Outcome, refused } from '../../messages/wire/outcome.ts';
import { extensionProblem } from '../../messages/wire/problem.ts';

const HAS_SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;

/**
 * Reads what was typed as the backend's address and gives its origin. Takes `https`, and `http` on
 * loopback and `*.localhost` only: agent tokens travel there.
 */
export const parseBackendAddress = (text: string): Outcome<string> => {
  const trimmed = text.trim();
  const url = URL.parse(HAS_SCHEME.test(trimmed) ? trimmed : `https://${trimmed}`);
  if (url?.username !== '' || url.password !== '') {
    return refused(extensionProblem('address_invalid'));
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return refused(extensionProblem('address_invalid'));
  }
  if (!isSecureTransport(url, true)) {
    return refused(extensionProblem('address_insecure'));
  }
  return done(url.origin);
};

/** Tells whether the backend itself is a local one, in development: only then may others be on `http`. */
export const isLocalBackend = (origin: string): boolean => new URL(origin).protocol === 'http:';
