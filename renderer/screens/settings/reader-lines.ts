import { type ReaderAddress, readerAddressSchema } from '../../../native-bridge/contract/reader.ts';

/** One a line, without empty lines. */
export const linesOf = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** `host:port`; a serial port's name has no number behind its last colon. */
const network = /^(.+):(\d{1,5})$/;

/** The reader that a line names, or undefined when it names none. */
export function addressOf(line: string): ReaderAddress | undefined {
  const [, host, port] = network.exec(line) ?? [];
  const address = host === undefined ? { kind: 'serial', path: line } : { kind: 'tcp', host, port: Number(port) };
  const isName = host !== undefined || !/\s/.test(line);
  return isName ? readerAddressSchema.safeParse(address).data : undefined;
}

export const lineOf = (address: ReaderAddress): string =>
  address.kind === 'tcp' ? `${address.host}:${address.port}` : address.path;
