import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

/** The decoder comes from its own package; by itself it would be fetched from the network. */
prepareZXingModule({
  overrides: {
    wasmBinary: new Uint8Array(readFileSync(fileURLToPath(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm'))))
      .buffer,
  },
});

/** What a scanner types that looks at this picture: the text of every QR code on it. */
export async function readCodes(png: Uint8Array): Promise<readonly string[]> {
  const found = await readBarcodes(png, { formats: ['QRCode'], maxNumberOfSymbols: 20 });
  return found.filter(({ isValid }) => isValid).map(({ text }) => text);
}
