/** How a reader's frames travel over USB: bulk endpoints, or HID reports of one of two styles. */
export type UsbCarriage = 'bulk' | 'hid-wrapped' | 'hid-stripped';

/** A reader that is recognised by its USB ids. */
export interface KnownReader {
  readonly vendorId: number;
  readonly productId: number;
  readonly model: string;
  /** Absent where it is not known and has to be tried out. */
  readonly carriage?: UsbCarriage;
  /** Has no security module and reads only with its maker's network service, so it is of no use to this station. */
  readonly needsNetwork?: true;
}

/** As makers' and open drivers name them; only the first one is known from several independent sources. */
export const knownReaders: readonly KnownReader[] = [
  { vendorId: 0x0400, productId: 0xc35a, model: '标准 USB 身份证阅读器', carriage: 'bulk' },
  { vendorId: 0x10c4, productId: 0x0007, model: '中正 MR-300', carriage: 'hid-wrapped' },
  { vendorId: 0x10c4, productId: 0x8a1b, model: '信通身份证阅读器' },
  { vendorId: 0x2015, productId: 0x0008, model: '森锐身份证阅读器' },
  { vendorId: 0x9573, productId: 0x4836, model: '亿数身份证阅读器' },
  { vendorId: 0xc216, productId: 0x0102, model: '中软云解码阅读器', needsNetwork: true },
  { vendorId: 0x1dfc, productId: 0x8913, model: 'CCID 与身份证组合阅读器' },
];

/** The reader with these USB ids that this station can use, over bulk endpoints or over HID. */
export function findKnownReader(
  ids: { readonly vendorId: number; readonly productId: number },
  attachedBy: 'bulk' | 'hid',
): KnownReader | undefined {
  const known = knownReaders.find(
    ({ vendorId, productId }) => vendorId === ids.vendorId && productId === ids.productId,
  );
  if (known === undefined || known.needsNetwork) return undefined;
  const isOther = known.carriage !== undefined && (known.carriage === 'bulk') !== (attachedBy === 'bulk');
  return isOther ? undefined : known;
}

/** USB ids as system tools print them, for example `0400:C35A`. */
export function printUsbIds(ids: { readonly vendorId: number; readonly productId: number }): string {
  return [ids.vendorId, ids.productId].map((id) => id.toString(16).padStart(4, '0').toUpperCase()).join(':');
}
