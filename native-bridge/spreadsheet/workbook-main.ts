import { asStationError, StationError } from '../contract/errors.ts';
import { readRows } from './read-rows.ts';
import { sheetBytes } from './sheet-bytes.ts';
import { type WorkbookAnswer, type WorkbookJob, workbookJobSchema } from './workbook-job.ts';

/* Entry of the process that takes one spreadsheet apart, or puts one together, and ends. */

async function run(job: WorkbookJob): Promise<WorkbookAnswer> {
  if (job.kind === 'write') return { bytes: await sheetBytes(job.sheets, (written) => process.send?.({ written })) };
  return { rows: await readRows(job.file, job.mostRows) };
}

async function answer(message: unknown): Promise<WorkbookAnswer> {
  try {
    return await run(workbookJobSchema.parse(message));
  } catch (cause) {
    const { code, detail } = cause instanceof StationError ? cause : asStationError(cause);
    return { error: { code, detail } };
  }
}

// A job whose station is gone ends with it.
process.on('disconnect', () => process.exit(0));
process.once('message', (message) => {
  void answer(message).then((answered) => process.send?.(answered, () => process.disconnect()));
});
