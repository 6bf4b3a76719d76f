import { readFile } from 'node:fs/promises';
import { componentQuality, components } from '../../native-bridge/capture/component-maps.ts';

export interface TableComparison {
  readonly text: string;
  readonly figures:
    { readonly rows: number; readonly values: number; readonly largestDeviation: number } | 'not-compared';
}

/** Holds every map against the whole published table: lines of semicolon-separated columns NAME and NAME.scalar. */
export async function compareWithTable(file: string | undefined): Promise<TableComparison> {
  if (file === undefined) {
    const text =
      '!! The maps of ISO/IEC 29794-5 were NOT compared with the whole published table: give it with --ofiq.';
    return { text, figures: 'not-compared' };
  }
  const [head = '', ...lines] = (await readFile(file, 'utf8')).trim().split('\n');
  const columns = head.split(';');
  const rows = lines.map((line) => line.split(';'));
  const deviations = rows.flatMap((row) => {
    const value = (name: string) => Number(row[columns.indexOf(name)]);
    return components.map((name) => Math.abs(componentQuality(name, value(name)) - value(`${name}.scalar`)));
  });
  const figures = { rows: rows.length, values: deviations.length, largestDeviation: Math.max(...deviations) };
  const text = `Maps of ISO/IEC 29794-5: ${figures.values} values of ${components.length} components, largest deviation ${figures.largestDeviation}.`;
  return { text, figures };
}
