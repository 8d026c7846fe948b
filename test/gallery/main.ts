import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readArguments } from '../../src/command-line/read-arguments.ts';
import { runCommand } from '../../src/command-line/run-command.ts';
import { buildIfOutdated } from '../../src/commands/build-artifacts.ts';
import { ensureChromium, NoBrowserError } from '../../src/commands/chromium.ts';
import { inRepository } from '../../src/commands/repository.ts';
import { galleryPage, type Row } from './index-page.ts';
import { type Exhibit, openExhibition, VARIANTS } from './pictures.ts';

const FOLDER = inRepository('artifacts/gallery');

const fileOf = ({ part, name }: Exhibit, variant: string): string =>
  `${`${part}.${name}.${variant}`.replace(/[^\w.]+/g, '-')}.png`;

const USAGE = `Usage:
  npm run gallery -- [--only NAME]

Takes a picture of every state of popup, options page and banner into artifacts/gallery.

  --only   takes those whose name contains this
`;

const run = async (args: readonly string[]): Promise<number> => {
  const { only = '' } = readArguments(args, { only: { type: 'string' } }, 0).values;
  process.env['CHROMIUM_PATH'] ??= ensureChromium();
  await buildIfOutdated();
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  const { exhibits, close } = await openExhibition();
  const shown = exhibits.filter(({ part, name }) => `${part} ${name}`.includes(only));
  try {
    // Two pages of one browser that change their sizes at the same time spoil each other's pictures.
    const takeAll = async (ofBrowser: readonly Exhibit[]): Promise<void> => {
      for (const exhibit of ofBrowser) {
        for (const variant of VARIANTS) {
          writeFileSync(join(FOLDER, fileOf(exhibit, variant)), await exhibit.take(variant));
        }
      }
    };
    const isBanner = ({ part }: Exhibit): boolean => part === 'banner';
    await Promise.all([
      takeAll(shown.filter(isBanner)),
      takeAll(shown.filter((exhibit) => !isBanner(exhibit))),
    ]);
  } finally {
    await close();
  }
  const rows = shown.map(
    (exhibit): Row => ({
      part: exhibit.part,
      name: exhibit.name,
      files: {
        light: fileOf(exhibit, 'light'),
        dark: fileOf(exhibit, 'dark'),
        '200 %': fileOf(exhibit, '200 %'),
        German: fileOf(exhibit, 'German'),
      },
    }),
  );
  writeFileSync(join(FOLDER, 'index.html'), galleryPage(rows));
  process.stdout.write(`${rows.length} states are shown in artifacts/gallery/index.html.\n`);
  return 0;
};

await runCommand({ usage: USAGE, run, expected: [NoBrowserError], mistakeCode: 1 });
