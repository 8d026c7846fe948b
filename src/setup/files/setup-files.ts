import { join } from 'node:path';

/** Where a run of setup keeps what it makes. */
export type SetupFiles = {
  /** What was done in the tenant; no secret. */
  readonly record: string;
  /** The backend's configuration; no secret. */
  readonly config: string;
  /** The backend's secrets, for their owner only. */
  readonly secrets: string;
};

/** Names the files of a folder. */
export const setupFiles = (folder: string): SetupFiles => ({
  record: join(folder, 'understudy.setup.json'),
  config: join(folder, 'understudy.json'),
  secrets: join(folder, 'understudy.secrets.env'),
});
