/**
 * Parses JSON that `JSON.stringify` wrote; `undefined` for any other text. A text that names a key
 * twice, or is spaced or escaped otherwise, parses to a value that is written differently again.
 */
export const parseCanonicalJson = (text: string): unknown => {
  try {
    const value: unknown = JSON.parse(text);
    return JSON.stringify(value) === text ? value : undefined;
  } catch {
    // Text that is no JSON at all; the caller reports where it stands.
    return undefined;
  }
};
