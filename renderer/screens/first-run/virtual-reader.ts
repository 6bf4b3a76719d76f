import type { ListedReader } from '../../../native-bridge/contract/reader.ts';

/** Practice mode's own reader speaks over the loopback, where no real one is. */
export const isVirtualReader = ({ transport, address = '' }: ListedReader): boolean =>
  transport === 'tcp' && address.startsWith('127.0.0.1:');
