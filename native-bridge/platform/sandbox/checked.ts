/** What a check hands back: the value it read, or a sentence (Chinese, as the platform answers) saying why not. */
export type Checked<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly problem: string };

export function accepted<Value>(value: Value): Checked<Value> {
  return { ok: true, value };
}

export function refused(problem: string): Checked<never> {
  return { ok: false, problem };
}
