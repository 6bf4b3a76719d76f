import { asStationError, StationError } from '../contract/errors.ts';

/** Which of the two data files does not open. */
export type DataFileName = 'station' | 'practice';

/** The error of opening one of the data files. */
export class FileTrouble extends StationError {
  readonly file: DataFileName;

  constructor(file: DataFileName, cause: unknown) {
    const { code, detail } = asStationError(cause);
    super(code, detail, { cause });
    this.file = file;
  }
}
