import * as z from 'zod/mini';
import type { StorageArea } from '../../browser/storage.ts';
import { done, type Outcome } from '../../messages/wire/outcome.ts';
import type { Backend } from '../backend/backend-setting.ts';
import { singleFlight } from '../storage/single-flight.ts';
import { storedValue } from '../storage/stored-value.ts';
import type { AgentTokens } from './agent-tokens.ts';
import type { AuthorizationCode } from './authorization-code.ts';
import type { SignInStatus } from './sign-in-status.ts';

type Dependencies = {
  readonly session: StorageArea;
  /** Clears what another agent left behind. */
  readonly forgetOthers: () => Promise<void>;
  readonly local: StorageArea;
  readonly backend: () => Promise<Outcome<Backend>>;
  readonly authorizationCode: AuthorizationCode;
  readonly tokens: Pick<AgentTokens, 'accept'>;
  readonly setStatus: (status: SignInStatus) => Promise<void>;
  readonly onSignedIn: () => Promise<void>;
};

/** Set when a web session may have outlived the sign-out: the next sign-in must ask for the password. */
export const PASSWORD_NEEDED_KEY = 'passwordNeeded';

/**
 * Makes the sign-in. Two at a time are one. What another agent left behind in this browser session is
 * cleared before their tokens are replaced; one's own draft survives an expired session.
 */
export const createSignIn = (dependencies: Dependencies): (() => Promise<Outcome<object>>) => {
  const { session, backend, setStatus } = dependencies;
  const owner = storedValue(session, 'owner', z.string());
  const passwordNeeded = storedValue(dependencies.local, PASSWORD_NEEDED_KEY, z.boolean());

  const run = async (): Promise<Outcome<object>> => {
    const target = await backend();
    if (!target.ok) {
      return target;
    }
    const wanted = (await passwordNeeded.read()) ? ({ prompt: 'login' } as const) : {};
    const granted = await dependencies.authorizationCode(target.value, wanted);
    if (!granted.ok) {
      return granted;
    }
    if ((await owner.read()) !== granted.value.sub) {
      await dependencies.forgetOthers();
    }
    const accepted = await dependencies.tokens.accept(granted.value, target.value);
    if (!accepted.ok) {
      return accepted;
    }
    await owner.write(accepted.value.sub);
    await passwordNeeded.forget();
    return done({});
  };

  return singleFlight(async () => {
    await setStatus({ signingIn: true, webSessionLeft: false });
    const result = await run();
    await setStatus({
      signingIn: false,
      webSessionLeft: false,
      ...(!result.ok && { problem: result.problem }),
    });
    if (result.ok) {
      await dependencies.onSignedIn();
    }
    return result;
  });
};
