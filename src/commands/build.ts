import { buildArtifacts } from './build-artifacts.ts';

await buildArtifacts();
process.stdout.write('Built dist/chrome, dist/firefox and dist/actions.\n');
