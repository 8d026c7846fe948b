import { describe, expect, test } from 'vitest';
import { builtFiles, gzippedBytes, importClosure, read, scriptsOf } from './built-extension.ts';

const KILOBYTE = 1000;
const sum = (paths: readonly string[]): number =>
  paths.map(gzippedBytes).reduce((total, bytes) => total + bytes, 0);

describe('the built extension', () => {
  test('the popup’s first view needs at most 16 kB of JavaScript, in one file after the start', () => {
    expect(scriptsOf('src/extension/popup/index.html')).toEqual(['popup/start.js']);
    expect(importClosure(['popup/start.js'])).toEqual(['popup/start.js']);
    expect(importClosure(['popup/main.js'])).toEqual(['popup/main.js']);
    expect(sum(['popup/start.js', 'popup/main.js'])).toBeLessThanOrEqual(16 * KILOBYTE);
  });

  test('the popup has at most 40 kB of JavaScript', () => {
    const scripts = builtFiles().filter((path) => path.startsWith('popup/'));
    expect(scripts.length).toBeGreaterThan(2);
    expect(sum(scripts)).toBeLessThanOrEqual(40 * KILOBYTE);
  });

  test('the worker has at most 56 kB', () => {
    const { background } = JSON.parse(read('manifest.json'));
    const scripts = importClosure([background.service_worker]);
    expect(scripts.length).toBeGreaterThan(1);
    expect(sum(scripts)).toBeLessThanOrEqual(56 * KILOBYTE);
  });

  test('the banner has at most 6 kB, in one script', () => {
    expect(importClosure(['banner.js'])).toEqual(['banner.js']);
    expect(sum(['banner.js'])).toBeLessThanOrEqual(6 * KILOBYTE);
  });

  test('the package has at most 160 kB', () => {
    expect(sum(builtFiles())).toBeLessThanOrEqual(160 * KILOBYTE);
  });
});
