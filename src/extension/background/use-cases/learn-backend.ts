import type { BackendSetting } from '../backend/backend-setting.ts';

type Dependencies = {
  readonly setting: Pick<BackendSetting, 'remembered' | 'current'>;
  /** Called when the backend was not known before. */
  readonly changed: () => void;
};

/**
 * Makes the function that asks a backend which nobody has talked to yet how agents sign in there. A company's
 * policy sets an address that was never saved; the popup has to know the issuer before the click on "Sign in",
 * for in that click Firefox is asked for access to it.
 */
export const createLearnBackend =
  ({ setting, changed }: Dependencies) =>
  async (): Promise<void> => {
    if ((await setting.remembered()) === undefined && (await setting.current()).ok) {
      changed();
    }
  };
