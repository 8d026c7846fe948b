import { describe, expect, test } from 'vitest';
import { builtFiles, read } from './built-extension.ts';

const manifest = JSON.parse(read('manifest.json'));

/**
 * Letters that browsers use with Alt and Shift: Chromium 156 assigns none of these to an extension (focus,
 * tab groups, split view, reading mode), and branded Chrome and Edge send feedback with I.
 */
const TAKEN_BY_BROWSERS = [...'ABCINPRTWXZ'].map((letter) => `Alt+Shift+${letter}`);

// Each of these is what a security engineer reads before allowing the extension: a change must be
// meant, and explained in docs/permissions.md and on the options page.
describe('the built manifest', () => {
  test('the built manifest asks for these permissions at install and no others', () => {
    expect(manifest.permissions).toEqual([
      'activeTab',
      'alarms',
      'contextMenus',
      'identity',
      'scripting',
      'storage',
    ]);
    expect(manifest.host_permissions).toBeUndefined();
    expect(manifest.optional_permissions).toEqual(['cookies', 'history', 'tabGroups']);
  });

  test('the built manifest adds in Firefox what containers take, and differs in nothing else that is asked for', () => {
    const firefox = JSON.parse(read('manifest.json', 'dist/firefox'));
    expect(firefox.permissions).toEqual([
      ...manifest.permissions,
      'contextualIdentities',
      'cookies',
    ]);
    expect(firefox.optional_host_permissions).toEqual(manifest.optional_host_permissions);
    expect(firefox.host_permissions).toBeUndefined();
    expect(firefox.content_security_policy).toEqual(manifest.content_security_policy);
    expect(firefox.commands).toEqual(manifest.commands);
  });

  test('the built manifest suggests four shortcuts, as many as Chromium takes, none of them a browser’s own', () => {
    const suggested = Object.values<{ suggested_key?: { default?: string } }>(
      manifest.commands,
    ).map(({ suggested_key }) => suggested_key?.default);
    expect(suggested).toEqual(['Alt+Shift+U', 'Alt+Shift+Y', 'Alt+Shift+L', 'Alt+Shift+E']);
    expect(suggested.filter((keys) => TAKEN_BY_BROWSERS.includes(keys ?? ''))).toEqual([]);
  });

  test('the built manifest may ask for access to sites later, never to unencrypted ones beyond this computer', () => {
    expect(manifest.optional_host_permissions).toEqual([
      'https://*/*',
      'http://localhost/*',
      'http://127.0.0.1/*',
      'http://*.localhost/*',
    ]);
  });

  test('the built manifest lets no web page and no other extension connect', () => {
    expect(manifest.externally_connectable).toEqual({ ids: [] });
  });

  test('the built manifest gives nothing to web pages', () => {
    expect(manifest.web_accessible_resources).toBeUndefined();
    expect(manifest.content_scripts).toBeUndefined();
  });

  test('the built manifest has a content security policy that allows nothing but itself and calls', () => {
    expect(manifest.content_security_policy).toEqual({
      extension_pages:
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self' https: http://localhost:* http://127.0.0.1:* http://*.localhost:*; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; object-src 'none'",
    });
  });

  test('the built manifest names files that exist', () => {
    const files = builtFiles();
    const named = [
      manifest.action.default_popup,
      manifest.options_ui.page,
      manifest.background.service_worker,
      manifest.storage.managed_schema,
      ...Object.values<string>(manifest.icons),
      ...Object.values<string>(manifest.action.default_icon),
    ];
    expect(named.filter((path) => !files.includes(path))).toEqual([]);
  });
});

describe('the built code', () => {
  const scripts = builtFiles().filter((path) => path.endsWith('.js'));

  test('the built code compiles no code at run time', () => {
    const compiling = scripts.filter((path) => /\beval\(|\bimportScripts\(/.test(read(path)));
    expect(compiling).toEqual([]);
  });

  test('the built code listens to nobody outside', () => {
    const listening = scripts.filter((path) =>
      /on(?:Message|Connect)External\.addListener|onUserScript\w+\.addListener/.test(read(path)),
    );
    expect(listening).toEqual([]);
  });

  test('the built code has no source maps and loads nothing from elsewhere', () => {
    expect(builtFiles().filter((path) => path.endsWith('.map'))).toEqual([]);
    const pages = builtFiles().filter((path) => path.endsWith('.html'));
    expect(pages.filter((path) => /(?:src|href)="(?:https?:)?\/\//.test(read(path)))).toEqual([]);
  });
});
