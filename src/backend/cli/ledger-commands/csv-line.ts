/**
 * What makes a spreadsheet take a cell for a formula, also behind spaces. A customer's name is text, whoever chose it.
 * @see OWASP "CSV Injection"
 */
const FORMULA = /^[\s\p{Cf}]*[=+\-@\uff1d\uff0b\uff0d\uff20|%]|^[\t\r\n]/u;

const cell = (value: string): string => {
  const harmless = FORMULA.test(value) ? `'${value}` : value;
  return `"${harmless.replaceAll('"', '""').replaceAll(/[\r\n]+/g, ' ')}"`;
};

/** One line of CSV. Every cell is quoted, and none is a formula. @see RFC 4180 */
export const csvLine = (values: readonly string[]): string => `${values.map(cell).join(',')}\r\n`;
