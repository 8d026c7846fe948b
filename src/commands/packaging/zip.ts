import { type Zippable, zipSync } from 'fflate';

/** Files by their path in the archive, with forward slashes. */
export type Files = ReadonlyMap<string, Uint8Array>;

/** The earliest time that a ZIP archive can hold; in every archive the same, so that it does not depend on the clock. */
const TIME = new Date(1980, 0, 1);

/** Makes a ZIP archive whose bytes depend on the files alone, whatever their order and times. */
export const zip = (files: Files): Uint8Array => {
  const sorted: Zippable = {};
  for (const path of [...files.keys()].toSorted()) {
    sorted[path] = files.get(path) ?? new Uint8Array();
  }
  return zipSync(sorted, { level: 9, mtime: TIME, os: 3 });
};
