import type { LaunchId } from '../../../contract/ids.ts';

/** Makes the id of a launch that is about to be asked for. @see launchIdSchema */
export const newLaunchId = (): LaunchId => crypto.randomUUID() as LaunchId;
