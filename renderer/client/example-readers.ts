import type { ListedReader, ReaderSettings, SelfTestReport } from '../../native-bridge/contract/reader.ts';

/* Readers for looking at the screens; not part of the product. */

export const automaticReaders: ReaderSettings = { automatic: true, addresses: [], excludedPorts: [] };

const numbers = ['05.99-20000101-0000000467-0000000467', '05.99-20000101-0000000467-0000000468'] as const;

export const exampleReaders: readonly ListedReader[] = [
  { id: numbers[0], state: 'ready', transport: 'serial', address: 'COM3', samNumber: numbers[0] },
  {
    id: numbers[1],
    state: 'ready',
    code: 'reader.other-reader',
    transport: 'usb',
    address: 'USB 1-2',
    samNumber: numbers[1],
    model: '标准 USB 身份证阅读器',
  },
  { id: 'serial:COM7', state: 'trouble', code: 'reader.port-busy', transport: 'serial', address: 'COM7' },
];

export function exampleSelfTest(): SelfTestReport {
  const at = new Date().toISOString();
  return {
    at,
    stationVersion: '0.1.0',
    transport: 'serial',
    address: 'COM3',
    driver: 'wch.cn 1a86:7523',
    baudRate: 115_200,
    samStatus: 0x90,
    samNumber: numbers[0],
    roundTripMs: 3.2,
    droppedBytes: 5,
    badChecks: 1,
    resends: 1,
    statuses: [
      { at, command: 'find', status: 0x9f, tookMs: 2.1 },
      { at, command: 'select', status: 0x90, tookMs: 3.4 },
      { at, command: 'read-fingerprint', status: 0x41, tookMs: 180.6 },
      { at, command: 'find', code: 'reader.no-answer', tookMs: 1500.3 },
      { at, command: 'find', status: 0x80, tookMs: 2.2 },
    ],
    portraitDecoder: { state: 'no-decoder', code: 'portrait.no-decoder' },
    steps: [
      { number: 1, step: 'status', state: 'ok', value: '90' },
      { number: 2, step: 'round-trip', state: 'ok', value: '3.2' },
      { number: 3, step: 'sam-number', state: 'ok', value: numbers[0] },
      { number: 4, step: 'portrait-decoder', state: 'trouble', code: 'portrait.no-decoder' },
    ],
    cancelled: false,
  };
}
