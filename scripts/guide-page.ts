import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { marked } from 'marked';
import type { Plugin } from 'vite';

const request = 'virtual:operator-guide';
const resolved = `\0${request}`;
const picture = /src="([^"]+\.png)"/g;

/** The paths of the pictures that a guide shows, as they stand in it. */
export const picturesOf = (markdown: string): readonly string[] =>
  [...markdown.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)].map(([, path]) => path ?? '');

/** A module whose default export is the guide as HTML; its pictures are files of the build like any other. */
function moduleOf(file: string): string {
  const html = marked.parse(readFileSync(file, 'utf8'), { async: false });
  const paths = [...new Set([...html.matchAll(picture)].map(([, path]) => path ?? ''))];
  const imports = paths.map((path, index) => {
    const absolute = join(dirname(file), path);
    return `import picture${index} from ${JSON.stringify(`${absolute}?url`)};`;
  });
  const numbered = html.replaceAll(picture, (_all, path: string) => `src="{{picture${paths.indexOf(path)}}}"`);
  const pictures = paths.map((_path, index) => `picture${index}`).join(', ');
  const filled = `.replaceAll(/{{picture(\\d+)}}/g, (_all, index) => [${pictures}][index])`;
  return `${imports.join('\n')}\nexport default ${JSON.stringify(numbered)}${filled};`;
}

/** Turns the operator's guide into HTML when the page is built, so that no reader of Markdown is shipped. */
export function operatorGuide(file: string): Plugin {
  return {
    name: 'operator-guide',
    resolveId: (id) => (id === request ? resolved : undefined),
    load(id) {
      if (id !== resolved) return undefined;
      this.addWatchFile(file);
      return moduleOf(file);
    },
  };
}
