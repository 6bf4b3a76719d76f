/** The commands this module knows, by their two bytes. Everything else is answered with 21 (command or parameter wrong). */

export const COMMAND_NAMES = [
  'reset',
  'status',
  'sam-number',
  'find',
  'select',
  'read-text-photo',
  'read-text-photo-fingerprint',
  'read-newest-address',
  'read-body-number',
  'read-added-information',
  'set-radio-frame',
  'antenna',
] as const;

export type CommandName = (typeof COMMAND_NAMES)[number];

export interface CommandRule {
  readonly name: CommandName;
  readonly command: number;
  readonly parameter: number;
  /** Data bytes behind the parameter; any other number is a length error. */
  readonly dataBytes: number;
}

/**
 * `60 pp` (line speed) is left out on purpose: which parameter means which speed is not known. `30 02` and the maker's
 * command for the antenna field are known to some modules only (module-variant.ts).
 */
const COMMAND_RULES: readonly CommandRule[] = [
  { name: 'reset', command: 0x10, parameter: 0xff, dataBytes: 0 },
  { name: 'status', command: 0x11, parameter: 0xff, dataBytes: 0 },
  { name: 'sam-number', command: 0x12, parameter: 0xff, dataBytes: 0 },
  { name: 'find', command: 0x20, parameter: 0x01, dataBytes: 0 },
  { name: 'select', command: 0x20, parameter: 0x02, dataBytes: 0 },
  { name: 'read-text-photo', command: 0x30, parameter: 0x01, dataBytes: 0 },
  { name: 'read-text-photo-fingerprint', command: 0x30, parameter: 0x10, dataBytes: 0 },
  { name: 'read-newest-address', command: 0x30, parameter: 0x03, dataBytes: 0 },
  { name: 'read-body-number', command: 0x30, parameter: 0x05, dataBytes: 0 },
  { name: 'read-added-information', command: 0x30, parameter: 0x02, dataBytes: 0 },
  { name: 'set-radio-frame', command: 0x61, parameter: 0xff, dataBytes: 1 },
  { name: 'antenna', command: 0xfa, parameter: 0x11, dataBytes: 1 },
];

/** The rule for a request's command and parameter bytes, or `undefined` for a command this module does not know. */
export function findCommandRule(body: Uint8Array): CommandRule | undefined {
  return COMMAND_RULES.find((rule) => rule.command === body[0] && rule.parameter === body[1]);
}
