import { createPrivateKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readArguments } from '../../command-line/read-arguments.ts';
import { UsageError } from '../../command-line/usage-error.ts';
import {
  type ManagedSettings,
  parseManagedSettings,
} from '../../extension/messages/set-up/managed-settings.ts';

const MIN_KEY_BITS = 2048;

/** What `--help` says. */
export const USAGE = `Usage:
  npm run package -- --key company.pem --base-url https://downloads.example.com/understudy
      --backend-url https://understudy.example.com [--settings settings.json]
      [--firefox-id understudy@example.com] [--out FOLDER]

  --key          the company's RSA key in PEM, made once with "openssl genrsa -out company.pem 2048".
                 The extension's id comes from it: whoever has it can sign updates, so keep it like a password
  --base-url     where the packages will be downloaded from; browsers look there for updates
  --backend-url  the backend that the policy files set
  --settings     what else the policy files set, as JSON: openIn, endWithLastTab, language, offersDeclined
  --firefox-id   the add-on's id in Firefox, unless the one of manifest.json is to be kept
  --out          where the packages go (default: artifacts/package)
`;

export type PackageOptions = {
  readonly key: KeyObject;
  /** Without a slash at the end. */
  readonly baseUrl: string;
  /** What the policy files set. */
  readonly settings: ManagedSettings;
  readonly firefoxId: string | undefined;
  readonly out: string | undefined;
};

const readKey = (path: string): KeyObject => {
  let key: KeyObject;
  try {
    key = createPrivateKey(readFileSync(path));
  } catch (cause) {
    throw new UsageError(`--key: ${path} is not a readable private key in PEM.`, { cause });
  }
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (key.asymmetricKeyType !== 'rsa' || bits < MIN_KEY_BITS) {
    throw new UsageError(`--key: browsers take an RSA key of at least ${MIN_KEY_BITS} bits.`);
  }
  return key;
};

const readUrl = (name: string, text: string): string => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isLocal = url?.hostname === 'localhost' || url?.hostname === '127.0.0.1';
  if (!url || (url.protocol !== 'https:' && !isLocal) || url.search !== '' || url.hash !== '') {
    throw new UsageError(`--${name} must be an https address without "?" and "#".`);
  }
  return url.href.replace(/\/$/, '');
};

/** @see "Extension Workshop, Extensions and the add-on ID": a GUID, or a text of the form of an e-mail address */
const FIREFOX_ID = /^(?:\{[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}|[\w.-]*@[\w.-]+)$/i;

const readFirefoxId = (text: string | undefined): string | undefined => {
  if (text !== undefined && !FIREFOX_ID.test(text)) {
    throw new UsageError(
      '--firefox-id must be of the form understudy@example.com, or a GUID in braces.',
    );
  }
  return text;
};

const readJson = (path: string): unknown => {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new UsageError(`--settings: ${path} is not a readable file of JSON.`, { cause });
  }
};

/** Checks the settings as the extension does: what it would not take does not get into a policy file. */
const readSettings = (path: string): ManagedSettings => {
  const { wrong, backendUrl, ...settings } = parseManagedSettings(readJson(path));
  const [first] = wrong;
  if (first) {
    throw new UsageError(
      `--settings: the extension does not know "${first.name}" with the value ${first.value}.`,
    );
  }
  if (backendUrl !== undefined) {
    throw new UsageError('--settings: the backend is set by --backend-url.');
  }
  return settings;
};

const OPTIONS = {
  key: { type: 'string' },
  'base-url': { type: 'string' },
  'backend-url': { type: 'string' },
  settings: { type: 'string' },
  'firefox-id': { type: 'string' },
  out: { type: 'string' },
} as const;

/** Reads the command line. @throws {UsageError} saying what is wrong. */
export const readPackageOptions = (args: readonly string[]): PackageOptions => {
  const { values } = readArguments(args, OPTIONS, 0);
  const { key, 'base-url': baseUrl, 'backend-url': backendUrl, settings } = values;
  if (key === undefined || baseUrl === undefined || backendUrl === undefined) {
    throw new UsageError(USAGE);
  }
  return {
    key: readKey(key),
    baseUrl: readUrl('base-url', baseUrl),
    settings: {
      backendUrl: readUrl('backend-url', backendUrl),
      ...(settings !== undefined && readSettings(settings)),
    },
    firefoxId: readFirefoxId(values['firefox-id']),
    out: values.out,
  };
};
