import type { Feature } from '../../../contract/discovery.ts';
import type { BackendSetting } from './backend-setting.ts';

/** Tells whether the backend understands something beyond the first version of the contract. */
export type HasFeature = (feature: Feature) => Promise<boolean>;

/** Makes {@link HasFeature} from what the backend said of itself when it was asked last. */
export const createHasFeature =
  (backend: Pick<BackendSetting, 'remembered'>): HasFeature =>
  async (feature) =>
    (await backend.remembered())?.discovery.features?.includes(feature) ?? false;
