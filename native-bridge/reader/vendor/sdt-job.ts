import type { SdtAnswer, SdtJob } from './helper-messages.ts';
import { callNative, type NativeLibrary } from './native-library.ts';
import { sdtFunctions } from './sdt-functions.ts';

/** Behind every buffer, for a library that writes more than it should. */
const spareBytes = 1024;

/** `ifOpen` 0: the port was opened before and stays so. */
const portIsOpen = 0;

/** Calls one function of the common library. Throws `UnusableLibrary` where the library does not have it. */
export async function runSdtJob(library: NativeLibrary, job: SdtJob): Promise<SdtAnswer> {
  const { outputs, opensPort } = sdtFunctions[job.function];
  const filled = outputs.map(({ bytes, sized }) => {
    const used = Buffer.alloc(8);
    used.writeUInt32LE(bytes);
    return { bytes, sized, data: Buffer.alloc(bytes + spareBytes), used };
  });
  const buffers = filled.flatMap(({ data, used, sized }) => (sized ? [data, used] : [data]));
  const types = ['int', ...buffers.map(() => 'void *'), ...(opensPort ? ['int'] : [])];
  const native = library.function([job.function], '__stdcall', types);
  const value = await callNative(native, [job.port, ...buffers, ...(opensPort ? [portIsOpen] : [])]);
  const parts = filled.map(({ bytes, sized, data, used }) =>
    data.subarray(0, sized ? Math.min(used.readUInt32LE(), bytes) : bytes),
  );
  return { kind: 'sdt', job: job.job, value, outputs: parts.map((part) => part.toString('base64')) };
}
