import i18next from 'i18next';
import { beforeEach, describe, expect, it } from 'vitest';
import type { DiagnosticFact } from '../../../native-bridge/contract/diagnostics-calls.ts';
import { readerStateSchema, transportSchema } from '../../../native-bridge/contract/reader.ts';
import { printerFaultSchema } from '../../../native-bridge/contract/printer-calls.ts';
import { startLanguage } from '../../i18n/language.ts';
import { factText } from './fact-text.ts';

const text = (fact: DiagnosticFact) => factText(i18next.t, fact, i18next.language);

/** Every name of Electron's and the shells' that a start can find. */
const keyStores = ['dpapi', 'keychain', 'gnome_libsecret', 'kwallet', 'kwallet5', 'kwallet6', 'basic_text'];
const readers = transportSchema.options.flatMap((transport) =>
  readerStateSchema.shape.state.options.map((state) => ({ transport, state })),
);

const everyFact: readonly DiagnosticFact[] = [
  { kind: 'free-space', gigabytes: 81.2 },
  ...[...keyStores, 'unknown', 'none', 'key-file'].map((now) => ({ kind: 'key-store', now }) as const),
  { kind: 'key-store', now: 'dpapi', before: 'none' },
  { kind: 'backup-age', hours: 0 },
  { kind: 'backup-age', hours: 3 },
  { kind: 'readers', readers: [...readers, { state: 'ready' }] },
  { kind: 'decoder', runtime: 'Node v24.21.0 ia32' },
  { kind: 'clock-difference', seconds: -2 },
  { kind: 'platform', state: 'not-configured' },
  { kind: 'platform', state: 'unknown' },
  { kind: 'printer-test', at: '2026-08-09T01:02:03Z', faults: [] },
  { kind: 'printer-test', at: '2026-08-09T01:02:03Z', faults: printerFaultSchema.options },
];

/** What is called so in Chinese as well. */
const technicalNames = /GB|Windows|DPAPI|macOS|GNOME|KDE|USB|HID|Node v24\.21\.0 ia32/g;

describe('what a step of the examination found', () => {
  beforeEach(() => startLanguage('zh-CN'));

  it.each(everyFact)('is in Chinese words: %j', (fact) => {
    expect(text(fact)).toMatch(/\p{Script=Han}/u);
    expect(text(fact).replaceAll(technicalNames, '')).not.toMatch(/[A-Za-z]/);
  });

  it('says the figures as a person reads them', () => {
    expect(text({ kind: 'free-space', gigabytes: 81 })).toBe('剩余 81.0 GB');
    expect(text({ kind: 'backup-age', hours: 3 })).toBe('最近一次备份在 3 小时前');
    expect(text({ kind: 'clock-difference', seconds: -2 })).toBe('与平台时间相差 2 秒');
    expect(text({ kind: 'key-store', now: 'dpapi', before: 'none' })).toBe(
      '上次：无系统保护；现在：Windows 数据保护（DPAPI）',
    );
    const two = [{ transport: 'usb', state: 'ready' } as const, { transport: 'serial', state: 'trouble' } as const];
    expect(text({ kind: 'readers', readers: two })).toBe('USB 就绪、串口 故障');
  });

  it('is in English words on an English screen', async () => {
    await startLanguage('en');
    for (const fact of everyFact) expect(text(fact)).not.toMatch(/\p{Script=Han}/u);
  });

  it('keeps the name of a key store that nobody knows yet', () => {
    expect(text({ kind: 'key-store', now: 'kwallet7' })).toBe('kwallet7');
  });
});
