import { numberedDraft, sampleKey } from './sample-draft.ts';
import { openStore } from './open-store.ts';

// Started by the crash tests and killed by them:
// node crash-child.ts <file> <sending|sealing|correcting|erasing> <first index>.
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

/** Each line names a record and the correction that has taken its place. */
function correctForEver(index: number): void {
  const { id } = store.records.seal(numberedDraft(index), 'test');
  const { fields, team } = store.correction.correctable(id);
  const corrected = { fields: { ...fields, cellPhone: '13900000001' }, team };
  promise(`${id} ${store.correction.correct(id, corrected, 'test').id}`);
  setImmediate(correctForEver, index + 1);
}

function eraseForEver(index: number): void {
  const { id } = store.records.seal(numberedDraft(index), 'test');
  store.withdrawal.withdraw(id, 'consent-withdrawn', undefined, 'test');
  store.retention.slice();
  store.retention.finish();
  promise(id);
  setImmediate(eraseForEver, index + 1);
}

const modes: Readonly<Record<string, (index: number) => void>> = {
  sending: sendForEver,
  sealing: sealForEver,
  correcting: correctForEver,
  erasing: eraseForEver,
};
modes[mode ?? '']?.(Number(firstIndex));
