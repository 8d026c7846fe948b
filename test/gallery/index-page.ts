import { VARIANTS, type Variant } from './pictures.ts';

/** One row of the gallery: a state and its pictures' file names. */
export type Row = {
  readonly part: string;
  readonly name: string;
  readonly files: Readonly<Record<Variant, string>>;
};

const STYLE = `
:root { color-scheme: light dark; font: 14px/1.4 system-ui, sans-serif; }
body { margin: 0 16px 64px; }
nav { position: sticky; top: 0; padding: 12px 0; background: Canvas; }
nav a { margin-right: 16px; }
table { border-spacing: 12px; }
thead th { position: sticky; top: 44px; background: Canvas; text-align: left; }
tbody th { text-align: left; vertical-align: top; max-width: 12em; overflow-wrap: anywhere; }
td { vertical-align: top; }
img { display: block; max-width: 420px; border: 1px solid GrayText; border-radius: 4px; }
`;

const inHtml = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

const cell = (file: string, label: string): string =>
  `<td><a href="${inHtml(file)}"><img loading="lazy" src="${inHtml(file)}" alt="${inHtml(label)}"></a></td>`;

const row = ({ part, name, files }: Row): string =>
  `<tr id="${inHtml(`${part}-${name}`)}"><th scope="row">${inHtml(name)}</th>${VARIANTS.map(
    (variant) => cell(files[variant], `${part}, ${name}, ${variant}`),
  ).join('')}</tr>`;

const section = (part: string, rows: readonly Row[]): string => `
<section id="${inHtml(part)}"><h2>${inHtml(part)} (${rows.length})</h2>
<table><thead><tr><th scope="col">state</th>${VARIANTS.map(
  (variant) => `<th scope="col">${variant}</th>`,
).join('')}</tr></thead><tbody>
${rows.map(row).join('\n')}
</tbody></table></section>`;

/** The page that shows every picture: a table for each part, a row for each state, a column for each look. */
export const galleryPage = (rows: readonly Row[]): string => {
  const parts = [...new Set(rows.map(({ part }) => part))];
  const links = parts.map((part) => `<a href="#${inHtml(part)}">${inHtml(part)}</a>`).join('');
  const sections = parts.map((part) =>
    section(
      part,
      rows.filter((shown) => shown.part === part),
    ),
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Understudy: every state</title>
<style>${STYLE}</style></head>
<body><h1>Every state</h1><nav>${links}</nav>${sections.join('\n')}</body></html>
`;
};
