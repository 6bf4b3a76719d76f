import { z } from 'zod';
import { bytesSchema, dateSchema, emptySchema, errorSchema, idSchema, instantSchema, lineSchema } from './basic.ts';
import { call } from './call.ts';

/*
 * Carrying sealed records to another station on a removable drive. The station reads and writes the files itself, in
 * places that it offers: a package has hundreds of megabytes, has to be durable before a record counts as given away, and
 * has to be gone on with after a pulled stick, none of which a download of the page could do.
 */

export const packageKindSchema = z.enum(['copy', 'hand-over', 'receipt']);
export type PackageKind = z.infer<typeof packageKindSchema>;

/** Five groups of four hexadecimal digits. */
export const fingerprintSchema = z.string().regex(/^([0-9A-F]{4}-){4}[0-9A-F]{4}$/);

const nameSchema = lineSchema.min(1).max(60);

/** What one station is told about another, as a line of text that can be copied. */
export const stationCodeSchema = z.string().trim().max(600);

const passphraseSchema = z.string().max(200);

/** A package in a place: its name has no folder, and only such names are taken. */
export const packageNameSchema = z
  .string()
  .max(255)
  .regex(/^[^/\\:\p{Cc}]+\.enrolpack(\.part)?$/u)
  .refine((name) => !name.startsWith('.'));

const placeIdSchema = z.string().min(1).max(4096);

export const placeSchema = z.object({
  id: placeIdSchema,
  label: z.string(),
  kind: z.enum(['removable', 'folder']),
  freeBytes: z.number().optional(),
  /** Newest first. */
  files: z.array(z.object({ name: packageNameSchema, bytes: z.number(), changedAt: instantSchema })),
});
export type TransferPlace = z.infer<typeof placeSchema>;

/** All that is unsent, all of one day in China, or by id. */
export const selectionSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('unsent') }),
  z.object({ kind: z.literal('day'), day: dateSchema }),
  z.object({ kind: z.literal('ids'), ids: z.array(idSchema).min(1).max(10_000) }),
]);
export type TransferSelection = z.infer<typeof selectionSchema>;

const namedSchema = z.object({ id: idSchema, name: z.string(), maskedNumber: z.string() });

export const exportReportSchema = z.object({
  id: idSchema,
  kind: packageKindSchema,
  fileName: z.string(),
  written: z.int(),
  leftOut: z.int(),
  unreadable: z.array(namedSchema).readonly(),
});

export const importReportSchema = z.object({
  id: idSchema,
  kind: packageKindSchema,
  counts: z.object({
    /** Taken in, and sent from here. */
    entered: z.int(),
    /** Taken in and kept, but newer data of the person is here. */
    older: z.int(),
    /** Taken in as finished as it was. */
    ended: z.int(),
    unchanged: z.int(),
    /** Was here and has been erased; not taken in again. */
    erased: z.int(),
    /** Kept apart for a person. */
    conflict: z.int(),
    unreadable: z.int(),
  }),
  /** Records given away whose end was news. */
  outcomes: z.int(),
  unreadable: z.array(namedSchema).readonly(),
  missing: z.array(namedSchema).readonly(),
  missingCount: z.int(),
  leftOut: z.int(),
  whole: z.boolean(),
  trouble: errorSchema.optional(),
});

/** The export or import under way, or the last one. */
export const transferJobSchema = z.object({
  work: z.enum(['export', 'import']),
  state: z.enum(['running', 'done', 'failed']),
  done: z.int(),
  total: z.int(),
  /** Records a second; absent while nobody can say. */
  perSecond: z.number().positive().optional(),
  exported: exportReportSchema.optional(),
  imported: importReportSchema.optional(),
  error: errorSchema.optional(),
});
export type TransferJob = z.infer<typeof transferJobSchema>;

export const packageViewSchema = z.object({
  id: idSchema,
  kind: packageKindSchema,
  createdAt: instantSchema,
  practice: z.boolean(),
  planned: z.int(),
  bytes: z.number(),
  senderName: z.string(),
  fingerprint: fingerprintSchema,
  knownAs: z.string().optional(),
  needsPassphrase: z.boolean(),
});
export type PackageView = z.infer<typeof packageViewSchema>;

export const listedTransferSchema = z.object({
  id: idSchema,
  direction: z.enum(['out', 'in']),
  kind: packageKindSchema,
  state: z.enum(['open', 'complete', 'taken-back']),
  peer: z.string().optional(),
  peerName: z.string().optional(),
  fileName: z.string(),
  startedAt: instantSchema,
  records: z.int(),
  /** Given away and without word of their end so far. */
  handedOver: z.int(),
});
export type ListedTransfer = z.infer<typeof listedTransferSchema>;

const versionSchema = z.object({
  name: z.string(),
  maskedNumber: z.string(),
  teamName: z.string(),
  sealedAt: instantSchema,
  photo: bytesSchema.optional(),
});
export type RecordVersion = z.infer<typeof versionSchema>;

export const conflictSchema = z.object({
  recordId: idSchema,
  contentHash: z.string().max(64),
  station: z.string(),
  foundAt: instantSchema,
  ours: versionSchema.optional(),
  theirs: versionSchema,
});
export type TransferConflict = z.infer<typeof conflictSchema>;

const stationSchema = z.object({ fingerprint: fingerprintSchema, name: z.string() });

export const transferStateSchema = z.object({
  own: stationSchema.extend({ code: stationCodeSchema }),
  /** Stations whose packages are taken. `outcomes`: records of theirs that have ended here, for a receipt. */
  stations: z.array(stationSchema.extend({ outcomes: z.int() })),
  job: transferJobSchema.optional(),
});
export type TransferState = z.infer<typeof transferStateSchema>;

const placesSchema = z.object({ places: z.array(placeSchema) });
const inPlace = z.object({ place: placeIdSchema });
const aPackage = inPlace.extend({ file: packageNameSchema });
const byId = z.object({ id: idSchema });

export const transferCalls = {
  'transfer.state': call(emptySchema, transferStateSchema),
  'transfer.rename': call(z.object({ name: nameSchema }), transferStateSchema),
  /** Takes another station's code: its packages are taken from now on, and packages can be made for it. */
  'transfer.trust': call(z.object({ code: stationCodeSchema }), transferStateSchema),
  'transfer.places': call(emptySchema, placesSchema),
  /** A folder, named by the administrator, that is offered beside the removable drives; without one, none is. */
  'transfer.set-folder': call(z.object({ folder: lineSchema.max(1000).optional() }), placesSchema),
  'transfer.preview': call(
    z.object({ kind: z.enum(['copy', 'hand-over']), selection: selectionSchema }),
    z.object({ records: z.int(), bytes: z.number() }),
  ),
  'transfer.passphrase': call(emptySchema, z.object({ passphrase: passphraseSchema })),
  /** The works below begin and are told of by `transfer.changed`. */
  'transfer.export': call(
    inPlace.extend({
      kind: packageKindSchema,
      selection: selectionSchema.optional(),
      passphrase: passphraseSchema.optional(),
      station: fingerprintSchema.optional(),
    }),
    transferJobSchema,
  ),
  'transfer.resume': call(inPlace.extend({ id: idSchema }), transferJobSchema),
  'transfer.import': call(
    aPackage.extend({ passphrase: passphraseSchema.optional(), trust: fingerprintSchema.optional() }),
    transferJobSchema,
  ),
  /** Ends the work after the record in hand: what is whole stays, and it can be gone on with. */
  'transfer.stop': call(emptySchema, emptySchema),
  /** Gives an export up: its file is removed, and what it held stays this station's. An import is stopped by it. */
  'transfer.cancel': call(emptySchema, emptySchema),
  'transfer.inspect': call(aPackage, packageViewSchema),
  'transfer.list': call(emptySchema, z.object({ transfers: z.array(listedTransferSchema) })),
  /** The stick is lost: what was given away is sent from here again. */
  'transfer.take-back': call(byId, z.object({ records: z.int() })),
  'transfer.conflicts': call(emptySchema, z.object({ conflicts: z.array(conflictSchema) })),
  'transfer.settle-conflict': call(
    z.object({ recordId: idSchema, contentHash: z.string().max(64), reason: lineSchema.min(2).max(200) }),
    emptySchema,
  ),
} as const;

export const transferEvents = { 'transfer.changed': transferJobSchema } as const;
