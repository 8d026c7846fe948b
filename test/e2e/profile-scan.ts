import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Long enough that no other text has it, short enough that no compression cuts it. */
const PART = { start: 8, length: 20 };

/** The bytes in which a part of a token could stand in a file, whatever stands before it. */
const formsOf = (token: string): readonly Buffer[] => {
  const part = token.slice(PART.start, PART.start + PART.length);
  const base64 = [0, 1, 2].map((offset) => {
    const encoded = Buffer.from('-'.repeat(offset) + part).toString('base64');
    // The first and the last characters depend on what stands beside.
    return Buffer.from(encoded.slice(4, 24));
  });
  return [
    Buffer.from(part),
    Buffer.from(part, 'utf16le'),
    Buffer.from(encodeURIComponent(part)),
    Buffer.from(encodeURIComponent(encodeURIComponent(part))),
    ...base64,
  ];
};

const contentOf = (path: string): Buffer => {
  try {
    return readFileSync(path);
  } catch {
    // A running browser removes files all the time.
    return Buffer.alloc(0);
  }
};

/** The files of a browser's profile that hold a token: as text, as UTF-16, in a URL or in Base64. */
export const filesHolding = (token: string, profile: string): readonly string[] => {
  const forms = formsOf(token);
  return readdirSync(profile, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => {
      const content = contentOf(path);
      return forms.some((form) => content.includes(form));
    })
    .map((path) => relative(profile, path));
};
