/** What {@link parseLoginUrl} is allowed to accept. */
export type LoginUrlRules = {
  /** Origins that may receive a session transfer token; exact, with port. */
  readonly allowedOrigins: readonly string[];
  /** Also accept `http` on `*.localhost`, which every browser resolves to loopback. Development only. */
  readonly allowInsecureLocalhost: boolean;
};

const LOOPBACK_HOSTS: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Tells whether a URL is safe to carry a credential on its transport: `https`, or `http` on loopback.
 * @see RFC 8252 §8.3; Auth0 "Session Delegation", rules for building the redirect
 */
export const isSecureTransport = (url: URL, allowInsecureLocalhost: boolean): boolean =>
  url.protocol === 'https:' ||
  (url.protocol === 'http:' &&
    (LOOPBACK_HOSTS.includes(url.hostname) ||
      (allowInsecureLocalhost && url.hostname.endsWith('.localhost'))));

/**
 * Gives the URL to which a session transfer token may be delivered, or `undefined` when the text is
 * not absolute, not on a secure transport, has a fragment or credentials, or is on an origin that is
 * not allowed. Backend and extension both ask, each with what it knows.
 */
export const parseLoginUrl = (text: string, rules: LoginUrlRules): URL | undefined => {
  const url = URL.parse(text);
  if (!url) {
    return undefined;
  }
  if (!isSecureTransport(url, rules.allowInsecureLocalhost)) {
    return undefined;
  }
  if (text.includes('#') || url.username !== '' || url.password !== '') {
    return undefined;
  }
  return rules.allowedOrigins.includes(url.origin) ? url : undefined;
};
