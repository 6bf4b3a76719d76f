import type { PrintedWorker, printCalls } from '../contract/print-calls.ts';
import { maskNumber } from '../enrolment/id-number.ts';
import type { Handlers } from '../rpc/server.ts';
import type { Store } from '../store/open-store.ts';
import type { ExportedWorker } from '../store/worker-export.ts';

function printedConsent({ consentVersion, consentGivenAt, isSigned, signing, consentLanguage }: ExportedWorker) {
  return {
    ...{ textVersion: consentVersion, givenAt: consentGivenAt, isSigned },
    ...(signing && { signing }),
    ...(consentLanguage && { language: consentLanguage }),
  };
}

function printedWorker(worker: ExportedWorker): PrintedWorker {
  const { id, name, number, sexCode, nativePlace, teamName, corpName, projectName, fields, serial, sealedAt } = worker;
  const { workType, cellPhone, entryDate } = fields;
  return {
    ...{ id, name, maskedNumber: maskNumber(number), sexCode, nativePlace, teamName, corpName, projectName },
    ...{ workType, cellPhone, entryDate, serial, sealedAt },
    consent: printedConsent(worker),
  };
}

/** Calls about what of workers goes out on paper. */
export function printHandlers(store: Store, operator: () => string): Pick<Handlers, keyof typeof printCalls> {
  const { workers, audit, records } = store;
  return {
    'worker.sheet-data': async ({ ids }) => ({ workers: workers.exported(ids).map(printedWorker) }),
    'worker.sheet-numbers': async ({ ids }) => {
      const found = workers.exported(ids).map(({ id, number }) => ({ id, number }));
      const detail = { count: found.length };
      audit.append({ action: 'workers.numbers-shown', subject: 'station', actor: operator(), detail });
      return { workers: found };
    },
    'worker.note-printing': async (detail) => {
      audit.append({ action: 'workers.printed', subject: 'station', actor: operator(), detail });
      return {};
    },
    'worker.signature': async ({ id }) => {
      const png = records.signature(id);
      return png === undefined ? {} : { png };
    },
  };
}
