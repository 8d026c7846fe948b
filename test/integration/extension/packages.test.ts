import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { makePackages } from '../../../src/commands/packaging/make-packages.ts';
import type { Files } from '../../../src/commands/packaging/zip.ts';
import { inRepository } from '../../../src/commands/repository.ts';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const SETTINGS = { openIn: 'private_window', endWithLastTab: true } as const;
const make = (): Files =>
  makePackages({
    repository: inRepository(),
    key: privateKey,
    baseUrl: 'https://downloads.example.com/understudy',
    settings: { backendUrl: 'https://understudy.example.com', ...SETTINGS },
    firefoxId: 'understudy@example.com',
  });

let files: Files;
beforeAll(() => {
  files = make();
});

const bytes = (path: string): Uint8Array => files.get(path) ?? new Uint8Array();
const text = (path: string): string => new TextDecoder().decode(bytes(path));
const json = (path: string) => JSON.parse(text(path));
const manifestIn = (archive: string) =>
  JSON.parse(new TextDecoder().decode(unzipSync(bytes(archive))['manifest.json']));
const version = JSON.parse(readFileSync(inRepository('package.json'), 'utf8')).version;

describe('packages', () => {
  it('packages made twice are equal byte for byte', () => {
    expect(make()).toEqual(files);
  });

  it('every package has the version of package.json', () => {
    expect(manifestIn('understudy-chrome.zip').version).toBe(version);
    expect(manifestIn('understudy-firefox.xpi').version).toBe(version);
    expect(text('update.xml')).toContain(`version="${version}"`);
    expect(json('updates.json').addons['understudy@example.com'].updates).toMatchObject([
      { version },
    ]);
  });

  it('the id is of the company’s key, nowhere of the sandbox’s', () => {
    const { key, update_url: updateUrl } = manifestIn('understudy-chrome.zip');
    const sandboxKey = JSON.parse(readFileSync(inRepository('manifest.json'), 'utf8')).key;
    expect(key).not.toBe(sandboxKey);
    expect(updateUrl).toBe('https://downloads.example.com/understudy/update.xml');
    const [, id = ''] = /appid="([a-p]{32})"/.exec(text('update.xml')) ?? [];
    expect(Object.keys(json('policies/chrome.json').ExtensionSettings)).toEqual([id]);
    expect(Object.keys(json('policies/edge.json').ExtensionSettings)).toEqual([id]);
  });

  it('the policies install it, pin it and set what the company chose', () => {
    const [chrome] = Object.values<Record<string, string>>(
      json('policies/chrome.json').ExtensionSettings,
    );
    expect(chrome).toMatchObject({
      installation_mode: 'force_installed',
      toolbar_pin: 'force_pinned',
    });
    for (const browser of ['chrome', 'edge']) {
      const [settings] = Object.values<object>(
        json(`policies/${browser}.json`)['3rdparty'].extensions,
      );
      expect(settings).toEqual({ backendUrl: 'https://understudy.example.com', ...SETTINGS });
    }
    expect(json('policies/firefox.json').policies['3rdparty'].Extensions).toEqual({
      'understudy@example.com': { backendUrl: 'https://understudy.example.com', ...SETTINGS },
    });
  });

  it('the sources hold what is under version control, and nothing that is built or secret', () => {
    const paths = Object.keys(unzipSync(bytes('understudy-source.zip')));
    expect(paths).toEqual(
      expect.arrayContaining(['package-lock.json', 'manifest.json', 'README.md']),
    );
    expect(
      paths.filter((path) => /^(?:dist|node_modules|artifacts|\.sandbox)\//.test(path)),
    ).toEqual([]);
  });

  it('the bill of materials names what is shipped with its licence, and no tool of development', () => {
    const names = json('sbom.cdx.json').components.map(({ name }: { name: string }) => name);
    expect(names).toEqual(expect.arrayContaining(['preact', 'zod', 'jose', 'hono']));
    expect(names).not.toContain('vitest');
  });

  it('the sums are of the files', () => {
    const listed = text('SHA256SUMS')
      .trim()
      .split('\n')
      .map((line) => line.split('  ')[1]);
    expect(listed).toEqual([...files.keys()].filter((path) => path !== 'SHA256SUMS'));
  });
});
