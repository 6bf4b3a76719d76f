const kilo = 1000;
const units = ['B', 'KB', 'MB', 'GB', 'TB'] as const;

/** A number of bytes as drives are labelled: decimal, with as much as is worth knowing. */
export function sizeText(bytes: number): string {
  const power = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log(bytes) / Math.log(kilo)));
  const value = bytes / kilo ** power;
  return `${value < 10 && power > 1 ? value.toFixed(1) : Math.round(value)} ${units[power]}`;
}
