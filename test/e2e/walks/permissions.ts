import { inject } from 'vitest';
import type { Grants } from '../../../src/commands/browser-grants.ts';
import type { Endpoints } from '../../../src/commands/sandbox-process.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** What the agent of a walk has allowed the extension: nothing more than at the start, or all it can ask for. */
    permissionsOfAgent: 'default' | 'all';
  }
}

/** The gate walks with `default`, the long tests take the same walks with `all`. */
export const PERMISSIONS = inject('permissionsOfAgent');

/** What the agent has allowed before the walk begins. */
export const grantsOf = ({ targetApps, tenant }: Endpoints): Grants =>
  PERMISSIONS === 'default'
    ? {}
    : {
        origins: [...targetApps.map(({ home }) => home), tenant.customers],
        permissions: ['cookies', 'history', 'tabGroups'],
        privateWindows: true,
      };
