import { z } from 'zod';
import { bytesSchema, dateSchema, emptySchema, idSchema, instantSchema } from './basic.ts';
import { call } from './call.ts';
import { consentLanguageSchema, signingSchema } from './signing.ts';

/** What is printed of workers: badges, the register of those who come to the site, the notices they consented to. */
export const paperSchema = z.enum(['badges', 'register', 'consents']);
export type Paper = z.infer<typeof paperSchema>;

/** Workers on one order to print: a whole team. */
export const mostPrinted = 300;

const idsSchema = z.array(idSchema).min(1).max(mostPrinted);

/** What a badge, a line of the register or a notice tells of a worker. */
export const printedWorkerSchema = z.object({
  id: idSchema,
  name: z.string(),
  maskedNumber: z.string(),
  /** GB/T 2261.1. */
  sexCode: z.string().optional(),
  /** Empty where the number's division is unknown. */
  nativePlace: z.string(),
  teamName: z.string(),
  corpName: z.string(),
  projectName: z.string(),
  workType: z.string().optional(),
  cellPhone: z.string().optional(),
  /** Absent until somebody has told it. */
  entryDate: dateSchema.optional(),
  /** The platform's serial, once it has given one. */
  serial: z.string().optional(),
  sealedAt: instantSchema,
  /** The text as it was accepted at the desk, whatever is in use now. */
  consent: z.object({
    textVersion: z.string(),
    givenAt: instantSchema,
    isSigned: z.boolean(),
    signing: signingSchema.optional(),
    language: consentLanguageSchema.optional(),
  }),
});
export type PrintedWorker = z.infer<typeof printedWorkerSchema>;

export const printCalls = {
  /** In the order asked for; erased and locked records are left out. */
  'worker.sheet-data': call(z.object({ ids: idsSchema }), z.object({ workers: z.array(printedWorkerSchema) })),
  /** Whole numbers for the register, in the order of `worker.sheet-data`; who asked for how many stands in the trail. */
  'worker.sheet-numbers': call(
    z.object({ ids: idsSchema }),
    z.object({ workers: z.array(z.object({ id: idSchema, number: z.string() })) }),
  ),
  /** Called before the print dialog opens: who prints what, and for how many, stands in the trail. */
  'worker.note-printing': call(
    z.object({ paper: paperSchema, count: z.int().min(1).max(mostPrinted), wholeNumbers: z.boolean() }),
    emptySchema,
  ),
  /** The signature below the consent, a PNG file. */
  'worker.signature': call(z.object({ id: idSchema }), z.object({ png: bytesSchema.optional() })),
} as const;
