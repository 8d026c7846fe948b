import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import manifest from '../../../package.json' with { type: 'json' };
import { inRepository } from '../../../src/commands/repository.ts';

const documents = globSync(['*.md', 'docs/**/*.md', '.github/*.md'], { cwd: inRepository('.') });

/** The text without fenced code, in which nothing is a link. */
function proseOf(document: string): string {
  return readFileSync(inRepository(document), 'utf8').replaceAll(/^ *```.*?^ *```$/gms, '');
}

/** The anchors that GitHub gives to the headings of a document. */
function anchorsOf(document: string): string[] {
  return [...proseOf(document).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

function isDead(document: string, link: string): boolean {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? document : join(dirname(document), path);
  if (!existsSync(inRepository(target))) {
    return true;
  }
  return anchor !== undefined && !anchorsOf(target).includes(anchor);
}

it.each(documents)('no link to a file or a heading is dead in %s', (document) => {
  const links = [...proseOf(document).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
  const ours = links.filter((link) => !/^[a-z]+:/.test(link));
  expect(ours.filter((link) => isDead(document, link))).toEqual([]);
});

it.each(documents)('every npm script named in %s exists', (document) => {
  const text = readFileSync(inRepository(document), 'utf8');
  const named = [...text.matchAll(/\bnpm (?:run )?(start|test|(?<=run )[\w:]+)/g)];
  const scripts = named.map(([, script = '']) => script);
  expect(scripts.filter((script) => !(script in manifest.scripts))).toEqual([]);
});

it.each(documents)('every file of the repository named in %s exists', (document) => {
  const named = [...proseOf(document).matchAll(/`((?:src|test|docs|public|\.github)\/[\w./-]+)`/g)];
  const paths = named.map(([, path = '']) => path);
  expect(paths.filter((path) => !existsSync(inRepository(path)))).toEqual([]);
});

it('every document in docs is linked from the README or from a document that is', () => {
  const reached = new Set<string>();
  const visit = (document: string) => {
    if (reached.has(document) || !document.endsWith('.md')) {
      return;
    }
    reached.add(document);
    for (const [, link = ''] of proseOf(document).matchAll(/\]\(([^)\s#]+)/g)) {
      if (!/^[a-z]+:/.test(link)) {
        visit(join(dirname(document), link));
      }
    }
  };
  visit('README.md');
  expect(documents.filter((document) => !reached.has(document))).toEqual([]);
});
