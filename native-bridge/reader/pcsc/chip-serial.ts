import { type ApduChannel, done, exchange } from './apdu-channel.ts';
import { hexText } from './hex.ts';

const serialBytes = 8;

/**
 * The serial number of an identity card's chip, 16 hex digits: the only thing an ordinary reader can get from it. It
 * names the plastic and nobody; undefined where reader or card do not give it.
 */
export async function readChipSerial(channel: ApduChannel): Promise<string | undefined> {
  try {
    const { data, status } = await exchange(channel, Uint8Array.of(0x00, 0x36, 0x00, 0x00, serialBytes));
    return status === done && data.length === serialBytes ? hexText(data) : undefined;
  } catch {
    return undefined;
  }
}
