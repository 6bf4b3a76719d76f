import { open } from 'node:fs/promises';

/** Machine numbers of ELF and PE files, as the names that Node gives to architectures. */
const elfMachines: Readonly<Record<number, string>> = { 0x03: 'ia32', 0x28: 'arm', 0x3e: 'x64', 0xb7: 'arm64' };
const peMachines: Readonly<Record<number, string>> = { 0x14c: 'ia32', 0x8664: 'x64', 0xaa64: 'arm64' };

/** The heads of libraries lie within this. */
const headBytes = 4096;

async function headOf(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function peArchitecture(head: Buffer): string | undefined {
  const peAt = head.readUInt32LE(0x3c);
  const isPe = peAt + 6 <= head.length && head.toString('latin1', peAt, peAt + 4) === 'PE\0\0';
  return isPe ? peMachines[head.readUInt16LE(peAt + 4)] : undefined;
}

/** The architecture that a library was built for, in Node's names; undefined when its file does not tell. */
export async function libraryArchitecture(path: string): Promise<string | undefined> {
  const head = await headOf(path);
  if (head.length < 64) return undefined;
  if (head.toString('latin1', 0, 4) === '\x7fELF') return elfMachines[head.readUInt16LE(18)];
  return head.toString('latin1', 0, 2) === 'MZ' ? peArchitecture(head) : undefined;
}
