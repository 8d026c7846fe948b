import { createHash } from 'node:crypto';

/** The add-on id that the Firefox build declares. */
const FIREFOX_ADD_ON_ID = 'understudy@understudy.example';

export type ExtensionIdentity = {
  chromeId: string;
  /** Where `identity.launchWebAuthFlow` may return to, in both browsers. */
  redirectOrigins: { chrome: string; firefox: string };
};

/**
 * Ids that browsers derive for the extension: Chromium's from the manifest's `key` (SHA-256 of the
 * DER key, first 32 digits, 0–f as a–p), Firefox's redirect host from SHA-1 of the add-on id.
 *
 * @see Chromium, "Manifest key"; MDN, identity.getRedirectURL
 */
export const extensionIdentity = (manifestKey: string): ExtensionIdentity => {
  const chromeId = [
    ...createHash('sha256').update(Buffer.from(manifestKey, 'base64')).digest('hex'),
  ]
    .slice(0, 32)
    .map((digit) => String.fromCharCode(97 + Number.parseInt(digit, 16)))
    .join('');
  const firefoxHash = createHash('sha1').update(FIREFOX_ADD_ON_ID).digest('hex');
  return {
    chromeId,
    redirectOrigins: {
      chrome: `https://${chromeId}.chromiumapp.org`,
      firefox: `https://${firefoxHash}.extensions.allizom.org`,
    },
  };
};
