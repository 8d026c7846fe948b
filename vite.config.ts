import { createHash } from 'node:crypto';
import { cpSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { crx, type ManifestV3Export } from '@crxjs/vite-plugin';
import preact from '@preact/preset-vite';
import { defineConfig, type Plugin, type UserConfig } from 'vite';
import sourceManifest from './manifest.json' with { type: 'json' };
import packageJson from './package.json' with { type: 'json' };

/** The version stands in package.json alone. */
const manifest = { ...sourceManifest, version: packageJson.version };

/** Names a build by what it is made of: what one build stores is not taken by another. */
const buildStamp = (): string => {
  const hash = createHash('sha256');
  const sources = globSync([
    'src/extension/**/*.{ts,tsx}',
    'src/contract/**/*.ts',
    'package-lock.json',
  ]);
  for (const path of sources.toSorted()) {
    hash.update(path).update(readFileSync(path));
  }
  return hash.digest('base64url').slice(0, 16);
};

/** What `npm run dev` builds into: the extension for Chromium, with source maps. */
const DEV = 'dev';

const sourceMapOf = (folder: string): 'inline' | false => (folder === DEV ? 'inline' : false);

/** The banner runs in foreign pages: one self-contained script, put beside the extension's own. */
const bannerBuild = (folder: string): UserConfig => ({
  publicDir: false,
  build: {
    outDir: `dist/${folder}`,
    emptyOutDir: false,
    sourcemap: sourceMapOf(folder),
    target: 'es2024',
    lib: {
      entry: 'src/extension/banner/main.ts',
      formats: ['iife'],
      name: 'banner',
      fileName: () => 'banner.js',
    },
  },
});

/** The worker of one-time redirects: one self-contained script in the package's root, or its scope could not be chosen. */
const redirectWorkerBuild = (folder: string): UserConfig => ({
  publicDir: false,
  build: {
    outDir: `dist/${folder}`,
    emptyOutDir: false,
    sourcemap: sourceMapOf(folder),
    target: 'es2024',
    lib: {
      entry: 'src/extension/redirect-worker/main.ts',
      formats: ['iife'],
      name: 'redirectWorker',
      fileName: () => 'redirect-worker.js',
    },
  },
});

/**
 * The popup's scripts: what runs before its first paint, what the first view needs, and the rest, one file
 * each. They share nothing with worker and options page, or each would be several files to load.
 */
const popupBuild = (folder: string): UserConfig => ({
  publicDir: false,
  plugins: [preact()],
  define: { __BUILD__: JSON.stringify(buildStamp()) },
  build: {
    outDir: `dist/${folder}/popup`,
    emptyOutDir: false,
    sourcemap: sourceMapOf(folder),
    target: 'es2024',
    modulePreload: false,
    lib: { entry: 'src/extension/popup/start.ts', formats: ['es'], fileName: () => 'start.js' },
    // For libraries, Vite would keep the white space.
    rolldownOptions: { output: { chunkFileNames: '[name].js', minify: true } },
  },
});

const ACTIONS = ['custom-token-exchange', 'post-login'] as const;

/** Opening a tab in a container takes both, and Firefox lets neither be asked for later. */
const FIREFOX_PERMISSIONS = ['contextualIdentities', 'cookies'];

/** Firefox has no service worker for extensions and no `key`; it wants an explicit add-on id. */
const firefoxManifest = () => {
  const { key: _key, minimum_chrome_version: _minimum, background, ...rest } = manifest;
  return {
    ...rest,
    permissions: [...rest.permissions, ...FIREFOX_PERMISSIONS],
    optional_permissions: rest.optional_permissions.filter(
      (permission) => !FIREFOX_PERMISSIONS.includes(permission),
    ),
    background: { scripts: [background.service_worker], type: background.type },
    browser_specific_settings: {
      gecko: {
        id: 'understudy@understudy.example',
        strict_min_version: '142.0',
        data_collection_permissions: {
          required: ['authenticationInfo', 'personallyIdentifyingInfo'],
        },
      },
    },
  };
};

/**
 * Puts the browser's own API in the polyfill's place. Chromium's gives promises since Manifest V3: there the
 * polyfill would be 7 % of the worker, for nothing.
 */
const nativeApi: Plugin = {
  name: 'native-api',
  enforce: 'pre',
  resolveId: (id) => (id === 'webextension-polyfill' ? '\0native-api' : null),
  load: (id) => (id === '\0native-api' ? 'export default chrome;' : null),
};

const extensionBuild = (
  browser: 'chrome' | 'firefox',
  folder: string,
  pace: number,
): UserConfig => ({
  plugins: [
    browser === 'chrome' && nativeApi,
    preact(),
    crx({
      manifest: (browser === 'firefox' ? firefoxManifest() : manifest) as ManifestV3Export,
      browser,
    }),
  ],
  define: { __BUILD__: JSON.stringify(buildStamp()), __TEST_PACE__: String(pace) },
  build: {
    outDir: `dist/${folder}`,
    emptyOutDir: true,
    target: 'es2024',
    modulePreload: { polyfill: false },
    sourcemap: sourceMapOf(folder),
  },
});

/** The end-to-end tests' build waits this part of what the shipped one waits, and is the same in all else. */
const TEST_PACE = 0.3;

/** One CommonJS file an Action, everything bundled: what Auth0 deploys is what was tested. */
const actionBuild = (action: (typeof ACTIONS)[number]): UserConfig => ({
  publicDir: false,
  build: {
    outDir: 'dist/actions',
    emptyOutDir: false,
    target: 'node22',
    minify: false,
    lib: {
      entry: `src/action/${action}/main.ts`,
      formats: ['cjs'],
      fileName: () => `${action}.js`,
    },
    rollupOptions: { external: [/^node:/] },
  },
});

/** What the embedded database loads from beside its script, and the ledger from beside its own. */
const BACKEND_FILES = [
  'node_modules/@electric-sql/pglite/dist/pglite.wasm',
  'node_modules/@electric-sql/pglite/dist/pglite.data',
  'node_modules/@electric-sql/pglite/dist/initdb.wasm',
  'src/backend/adapters/ledger/migrations',
];

const copyBackendFiles = (folder: string): Plugin => ({
  name: 'copy-backend-files',
  writeBundle: () => {
    for (const path of BACKEND_FILES) {
      cpSync(path, join(folder, basename(path)), { recursive: true });
    }
    // Without it, Node would take the scripts for CommonJS in a folder that has no package.json.
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
  },
});

const CEDAR = 'node_modules/@cedar-policy/cedar-wasm/nodejs';

/**
 * Keeps Cedar a file of its own: as CommonJS it finds its WebAssembly beside itself, which it would not once it
 * is part of a module.
 */
const cedarBesideTheScript = (folder: string): Plugin => ({
  name: 'cedar-beside-the-script',
  enforce: 'pre',
  resolveId: (id) =>
    id === '@cedar-policy/cedar-wasm/nodejs' ? { id: './cedar_wasm.cjs', external: true } : null,
  writeBundle: () => {
    cpSync(`${CEDAR}/cedar_wasm.js`, join(folder, 'cedar_wasm.cjs'));
    cpSync(`${CEDAR}/cedar_wasm_bg.wasm`, join(folder, 'cedar_wasm_bg.wasm'));
  },
});

/** The backend and its ledger command with all that they import: starts with a plain Node and nothing else. */
const backendBuild = (folder: string): UserConfig => ({
  publicDir: false,
  plugins: [cedarBesideTheScript(folder), copyBackendFiles(folder)],
  ssr: { noExternal: true },
  build: {
    outDir: folder,
    emptyOutDir: true,
    target: 'node24',
    minify: false,
    ssr: true,
    rolldownOptions: {
      input: {
        backend: 'src/backend/main.ts',
        ledger: 'src/backend/cli/ledger.ts',
        policy: 'src/backend/cli/policy.ts',
      },
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      // The embedded database evaluates what its own build generated.
      checks: { eval: false },
    },
  },
});

/** `vite build --mode chrome|firefox|dev|chrome-test|firefox-test|custom-token-exchange|post-login|backend`: one artefact a mode. */
export default defineConfig(({ mode }) => {
  // What tools that only read the configuration ask for.
  if (mode === 'development') {
    return {};
  }
  const action = ACTIONS.find((name) => name === mode);
  if (action) {
    return actionBuild(action);
  }
  if (mode.endsWith('-popup')) {
    return popupBuild(mode.replace(/-popup$/, ''));
  }
  if (mode.endsWith('-banner')) {
    return bannerBuild(mode.replace(/-banner$/, ''));
  }
  if (mode.endsWith('-redirect')) {
    return redirectWorkerBuild(mode.replace(/-redirect$/, ''));
  }
  if (mode === 'backend') {
    return backendBuild('dist/backend');
  }
  if (mode === 'chrome' || mode === 'firefox') {
    return extensionBuild(mode, mode, 1);
  }
  if (mode === DEV) {
    return extensionBuild('chrome', DEV, 1);
  }
  if (mode === 'chrome-test') {
    return extensionBuild('chrome', mode, TEST_PACE);
  }
  if (mode === 'firefox-test') {
    return extensionBuild('firefox', mode, TEST_PACE);
  }
  throw new Error(`Unknown mode "${mode}": use chrome, firefox, ${ACTIONS.join(', ')} or backend.`);
});
