/** The value that a JSON text stands for, or undefined. The parser's own error quotes the text, so it goes no further. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Some platforms put JSON into a JSON string: the inner value if it is one, else the value itself. */
export function unwrapJson(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{"]/.test(value)) return value;
  return parseJson(value) ?? value;
}

const messageKeys = ['message', 'msg', 'errorMessage', 'errorMsg', 'error', 'result'];
const deepest = 4;

/** The readable text in whatever a platform puts where a message belongs; empty when there is none. */
export function textOf(value: unknown, depth = 0): string {
  if (typeof value === 'string') return value.trim();
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'object' || value === null || depth >= deepest) return '';
  const entries = Object.entries(value);
  const message = entries.find(([key, inner]) => messageKeys.includes(key) && textOf(inner, depth + 1) !== '');
  const sources = message === undefined ? entries : [message];
  return sources
    .map(([, inner]) => textOf(inner, depth + 1))
    .filter((text) => text !== '')
    .join(';');
}
