import { createHash } from 'node:crypto';

/** The add-on id that the Firefox build declares. */
const FIREFOX_ADD_ON_ID = 'understudy@understudy.example';

/**
 * Gives the id that Chromium derives from the manifest's `key`: SHA-256 of the DER key, its first 32
 * digits, with a–p for 0–f.
 * @see Chromium "Manifest key"
 */
export const chromiumIdOf = (manifestKey: string): string =>
  [...createHash('sha256').update(Buffer.from(manifestKey, 'base64')).digest('hex')]
    .slice(0, 32)
    .map((digit) => String.fromCharCode(97 + Number.parseInt(digit, 16)))
    .join('');

/**
 * Where Firefox lets a sign-in window return to: a host made of the SHA-1 of the add-on's id.
 * @see MDN, identity.getRedirectURL
 */
export const FIREFOX_REDIRECT_ORIGIN = `https://${createHash('sha1').update(FIREFOX_ADD_ON_ID).digest('hex')}.extensions.allizom.org`;
