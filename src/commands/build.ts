import { buildArtifacts } from './build-artifacts.ts';

await buildArtifacts();
process.stdout.write('Built dist/chrome, dist/firefox, dist/actions and dist/backend.\n');
