import type { Attachment } from '../business.ts';
import { chinaMoment } from './business-check.ts';
import type { FieldCipher } from './field-cipher.ts';
import type { FieldRule, FieldTable } from './field-rule.ts';

/** How values are written for one platform. */
export interface WritingSetting {
  readonly cipher: FieldCipher;
  readonly imagePrefix: string;
}

type Wire = string | number | readonly Wire[] | { readonly [name: string]: Wire | undefined };

const base64 = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');

function written(rule: FieldRule, value: unknown, setting: WritingSetting): Wire {
  switch (rule.kind) {
    case 'secret':
    case 'document-number':
      return setting.cipher.encrypt(value as string);
    case 'moment':
      return chinaMoment(Date.parse(value as string));
    case 'picture':
      return setting.imagePrefix + base64(value as Uint8Array);
    case 'attachments':
      return (value as readonly Attachment[]).map(({ name, data }) => ({ name, data: base64(data) }));
    case 'rows':
      return (value as readonly object[]).map((row) => businessData(row, rule.fields, setting));
    default:
      return value as string | number;
  }
}

/**
 * The business object as it is sent: fields in the order of the interface's table, numbers of people and banks
 * encrypted, pictures as text. The upload has passed `complaintsIn`; an empty field is as good as none.
 */
export function businessData(upload: object, fields: FieldTable, setting: WritingSetting): Record<string, Wire> {
  const owner = upload as Readonly<Record<string, unknown>>;
  const present = Object.entries(fields).filter(([name]) => owner[name] !== undefined && owner[name] !== '');
  return Object.fromEntries(present.map(([name, { rule }]) => [name, written(rule, owner[name], setting)]));
}
