import { readFileSync } from 'node:fs';
import type { CompanyTenant } from './company-tenant.ts';

/** Finds an item by its name. @throws Error where there is none. */
export const byName = <T extends { name: string }>(items: readonly T[], name: string): T => {
  const found = items.find((item) => item.name === name);
  if (!found) {
    throw new Error(`There is no ${name}.`);
  }
  return found;
};

/** Reads a file that setup wrote. */
export const readJson = (path: string) => JSON.parse(readFileSync(path, 'utf8'));

/** The secrets of an Action, by name. */
export const secretsOf = ({ data }: CompanyTenant, action: string): Record<string, string> =>
  Object.fromEntries(byName(data.actions, action).secrets.map(({ name, value }) => [name, value]));
