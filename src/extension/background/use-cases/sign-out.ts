import type { Menus } from '../entry-points/menus.ts';
import type { Sessions } from '../session/compose-sessions.ts';
import type { KeptSessions } from '../session/remembered/kept-sessions.ts';
import type { createSignOut } from '../sign-in/sign-out.ts';

type SignOutOfTenant = ReturnType<typeof createSignOut>;

type Dependencies = {
  readonly stopLaunch: () => Promise<void>;
  readonly sessions: Pick<Sessions, 'endAll' | 'refresh'> & {
    readonly keptSessions: Pick<KeptSessions, 'forgetOthers'>;
  };
  readonly signOutOfTenant: SignOutOfTenant;
  readonly menus: Pick<Menus, 'update'>;
  readonly now: () => number;
};

/**
 * Makes the agent's sign-out: first a launch under way is stopped and every customer's session is ended, for which
 * the agent's tokens are needed; what could not be signed out of this browser stays known as left over.
 */
export const createSignOutOfEverything =
  ({ stopLaunch, sessions, signOutOfTenant, menus, now }: Dependencies): SignOutOfTenant =>
  async () => {
    await stopLaunch();
    await sessions.endAll('signed_out');
    await sessions.keptSessions.forgetOthers([], now());
    // The badges are known by the session storage, which the sign-out empties.
    await sessions.refresh();
    const result = await signOutOfTenant();
    await sessions.refresh();
    await menus.update();
    return result;
  };
