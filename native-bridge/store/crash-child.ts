import { numberedDraft, sampleKey } from './sample-draft.ts';
import { openStore } from './open-store.ts';

// Started by the crash tests and killed by them: node crash-child.ts <file> <sending|sealing> <first index>.
// Every line on standard output is a promise: what it names was durable before the line was written.
const [, , file = '', mode, firstIndex = '0'] = process.argv;
const store = openStore({ file, key: sampleKey });
const promise = (id: string) => process.stdout.write(`${id}\n`);

function sendForEver(): void {
  const { id } = store.records.seal(numberedDraft(Number(firstIndex)), 'test');
  store.outbox.markSending(id);
  promise(id);
  setInterval(() => undefined, 60_000);
}

function sealForEver(index: number): void {
  const draft = numberedDraft(index);
  store.drafts.save({ ...draft, photo: undefined, comparison: undefined });
  store.drafts.save(draft);
  store.records.seal(draft, 'test');
  promise(draft.id);
  setImmediate(sealForEver, index + 1);
}

if (mode === 'sending') sendForEver();
else sealForEver(Number(firstIndex));
