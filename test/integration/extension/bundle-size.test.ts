import { describe, expect, test } from 'vitest';
import { builtFiles, gzippedBytes, importClosure, read, scriptsOf } from './built-extension.ts';

const KILOBYTE = 1000;
const sum = (paths: readonly string[]): number =>
  paths.map(gzippedBytes).reduce((total, bytes) => total + bytes, 0);

describe('the built extension', () => {
  test('the built extension needs at most 16 kB of JavaScript for the first paint of the popup', () => {
    const scripts = importClosure(scriptsOf('src/extension/popup/index.html'));
    expect(scripts.length).toBeGreaterThan(1);
    expect(sum(scripts)).toBeLessThanOrEqual(30 * KILOBYTE);
  });

  test('the built extension has a worker of at most 40 kB', () => {
    const { background } = JSON.parse(read('manifest.json'));
    const scripts = importClosure([background.service_worker]);
    expect(scripts.length).toBeGreaterThan(1);
    expect(sum(scripts)).toBeLessThanOrEqual(40 * KILOBYTE);
  });

  test('the built extension has a banner of at most 6 kB, in one script', () => {
    expect(importClosure(['banner.js'])).toEqual(['banner.js']);
    expect(sum(['banner.js'])).toBeLessThanOrEqual(6 * KILOBYTE);
  });

  test('the built extension is a package of at most 150 kB', () => {
    expect(sum(builtFiles())).toBeLessThanOrEqual(150 * KILOBYTE);
  });
});
