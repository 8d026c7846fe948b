const IN_BACKGROUND = 'src/extension/in-background';
const BACKGROUND = [
  IN_BACKGROUND,
  'src/extension/messages',
  'src/extension/browser',
  'src/contract',
];

/** What a message about one domain may import: how messages work, and never another domain. */
const ABOUT_A_DOMAIN = ['src/extension/messages/wire', 'src/contract'];

/** What draws something: it asks the worker for everything but permissions and its first picture. */
const VIEW = [
  IN_BACKGROUND,
  'src/extension/messages',
  'src/contract',
  'src/extension/browser/permissions',
  'src/extension/browser/snapshot-cell',
];

/** The rooms of a folder: what each may import besides what the folder itself may. */
const roomsOf = (
  folder: string,
  rooms: Readonly<Record<string, readonly string[]>>,
): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(
    Object.entries(rooms).map(([room, allowed]) => [
      `${folder}/${room}`,
      [...BACKGROUND, `${folder}/durations`, ...allowed.map((name) => `${folder}/${name}`)],
    ]),
  );

/** The worker's domains: what they mean together is decided by its use cases, and shown by its views. */
const DOMAINS = [
  'backend',
  'customers',
  'entry-points',
  'launch',
  'launch-state',
  'session',
  'sign-in',
  'storage',
];

const LEDGER = 'src/backend/adapters/ledger';

/** The rooms of the ledger: rows know nothing of what is read from them, the tree only how they are hashed. */
const LEDGER_ROOMS: Readonly<Record<string, readonly string[]>> = {
  [`${LEDGER}/rows`]: ['src/contract', 'src/backend/ports', `${LEDGER}/schema`],
  [`${LEDGER}/tree`]: ['src/contract', 'src/backend/ports', `${LEDGER}/rows/hash-chain`],
  [`${LEDGER}/launches`]: [
    'src/contract',
    'src/backend/ports',
    `${LEDGER}/database-error`,
    `${LEDGER}/rows`,
    `${LEDGER}/schema`,
  ],
  [`${LEDGER}/verification`]: [
    'src/contract',
    'src/backend/ports',
    `${LEDGER}/launches/compare-launches`,
    `${LEDGER}/rows`,
    `${LEDGER}/sql-ledger`,
    `${LEDGER}/tree`,
  ],
};

/**
 * What each folder may import besides itself and packages, the longest matching folder deciding. Design:
 * extension and backend meet only in the contract; the sandbox shares no code with what it tests.
 */
export const ALLOWED_IMPORTS: Readonly<Record<string, readonly string[]>> = {
  'src/contract': [],
  'src/action': [],
  'src/sandbox': [],
  'src/command-line': [],
  // What a policy file may set is what the extension takes.
  'src/commands': ['src/command-line', 'src/extension/messages/set-up/managed-settings'],
  'src/verify': [],
  'src/tenant-settings': ['src/contract'],
  'src/setup': ['src/command-line', 'src/contract', 'src/tenant-settings'],
  'src/doctor': [
    'src/command-line',
    'src/backend/config/config.ts',
    'src/backend/http/client-ip.ts',
    'src/setup',
    'src/tenant-settings',
  ],
  'src/extension/browser': [IN_BACKGROUND],
  'src/extension/browser/tabs': [IN_BACKGROUND, 'src/extension/browser/site-access'],
  'src/extension/browser/entry-points': ['src/extension/browser/tabs/cookie-store'],
  'src/extension/messages': ['src/extension/browser', 'src/contract'],
  'src/extension/messages/wire': ['src/extension/browser/runtime', 'src/contract'],
  'src/extension/messages/texts': [
    'src/extension/browser/company-language',
    'src/extension/browser/i18n',
    'src/extension/messages/launch/launch-status',
    'src/extension/messages/wire/problem',
  ],
  'src/extension/messages/launch': ABOUT_A_DOMAIN,
  'src/extension/messages/session': [...ABOUT_A_DOMAIN, 'src/extension/messages/launch'],
  'src/extension/messages/customers': ABOUT_A_DOMAIN,
  'src/extension/messages/entry-points': [...ABOUT_A_DOMAIN, 'src/extension/messages/launch/draft'],
  'src/extension/messages/sign-in': ABOUT_A_DOMAIN,
  'src/extension/messages/set-up': [
    ...ABOUT_A_DOMAIN,
    'src/extension/messages/launch/launch-status',
    'src/extension/messages/texts',
  ],
  // A page alone can register a further worker.
  'src/extension/popup': [...VIEW, 'src/extension/browser/tabs/redirect-worker'],
  'src/extension/popup/state': [...VIEW, 'src/extension/popup/views/further-view'],
  'src/extension/popup/parts': [...VIEW, 'src/extension/popup/state'],
  'src/extension/popup/views': [...VIEW, 'src/extension/popup/parts', 'src/extension/popup/state'],
  'src/extension/options': VIEW,
  'src/extension/banner': [],
  'src/extension/redirect-worker': [],
  'src/extension/background': BACKGROUND,
  ...roomsOf('src/extension/background', {
    storage: [],
    backend: ['storage'],
    'sign-in': ['backend', 'storage'],
    customers: ['backend', 'storage'],
    'launch-state': ['storage'],
    'entry-points': ['backend', 'customers', 'launch-state', 'storage'],
    session: ['backend', 'customers', 'launch-state', 'storage'],
    'session/remembered': [
      'launch-state',
      'session/cookie-stores',
      'session/sign-out-urls',
      'storage',
    ],
    'session/ending': [
      'backend',
      'launch-state',
      'session/cookie-stores',
      'session/remembered',
      'session/session-tabs',
      'session/sign-out-urls',
      'storage',
    ],
    'session/indicators': [
      'customers',
      'launch-state',
      'session/leftovers',
      'session/session-tabs',
      'storage',
    ],
    launch: ['backend', 'customers', 'launch-state', 'session', 'sign-in', 'storage'],
    'launch/before-opening': ['backend', 'launch-state', 'session', 'sign-in'],
    'launch/opening': ['backend', 'launch-state', 'launch/before-opening', 'session', 'sign-in'],
    'launch/watching': ['backend', 'customers', 'launch-state', 'launch/abandon-launch', 'session'],
    'use-cases': DOMAINS,
    views: DOMAINS,
  }),
  'src/extension': [],
  'src/backend/policy': ['src/contract', 'src/backend/ports', 'src/backend/refusal.ts'],
  'src/backend/ports': ['src/contract', 'src/backend/refusal.ts'],
  'src/backend/launch': [
    'src/contract',
    'src/backend/policy',
    'src/backend/ports',
    'src/backend/recent-answers.ts',
    'src/backend/refusal.ts',
  ],
  'src/backend/config': ['src/contract', 'src/backend/adapters', 'src/backend/policy'],
  'src/backend/reading': [
    'src/contract',
    'src/backend/launch',
    'src/backend/ports',
    'src/backend/refusal.ts',
  ],
  'src/backend/ledger': [
    'src/contract',
    'src/backend/launch/dependencies',
    'src/backend/ports',
    'src/backend/refusal.ts',
  ],
  'src/backend/http': [
    'src/backend/ledger',
    'src/backend/current-agent.ts',
    'src/backend/read-limited.ts',
    'src/contract',
    'src/backend/launch',
    'src/backend/policy',
    'src/backend/ports',
    'src/backend/reading',
    'src/backend/refusal.ts',
  ],
  'src/backend/adapters': [
    'src/tenant-settings',
    'src/backend/current-agent.ts',
    'src/contract',
    'src/backend/ports',
    'src/backend/refusal.ts',
    'src/backend/recent-answers.ts',
    'src/backend/read-limited.ts',
  ],
  ...LEDGER_ROOMS,
  'src/backend/cli': ['src/command-line', 'src/contract', 'src/backend'],
  'src/backend': ['src/command-line', 'src/contract', 'src/backend'],
};
