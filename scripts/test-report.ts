import { readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import { z } from 'zod';

export interface TestCount {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** What each failed test said, shortened; whoever sees only the end of the output still learns what happened. */
  readonly failures: readonly string[];
}

export const noTests: TestCount = { passed: 0, failed: 0, skipped: 0, failures: [] };

const mostLines = 14;

function shortened(title: string, message: string): string {
  const lines = stripVTControlCharacters(message).split('\n');
  return [title, ...lines.slice(0, mostLines)].join('\n    ').trimEnd();
}

const assertionSchema = z.object({
  fullName: z.string(),
  status: z.string(),
  failureMessages: z.array(z.string()).default([]),
});

const vitestFileSchema = z.object({
  name: z.string(),
  message: z.string().default(''),
  assertionResults: z.array(assertionSchema),
});

/** A file that could not be run at all has a message and no failed test. */
function vitestFailures({ name, message, assertionResults }: z.infer<typeof vitestFileSchema>): string[] {
  const failed = assertionResults.filter(({ status }) => status === 'failed');
  if (failed.length === 0) return message === '' ? [] : [shortened(name, message)];
  return failed.map(({ fullName, failureMessages }) => shortened(`${name} > ${fullName}`, failureMessages.join('\n')));
}

const vitestSchema = z
  .object({
    numPassedTests: z.int(),
    numFailedTests: z.int(),
    numPendingTests: z.int(),
    numTodoTests: z.int().default(0),
    testResults: z.array(vitestFileSchema).default([]),
  })
  .transform((report) => ({
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
    failures: report.testResults.flatMap(vitestFailures),
  }));

const specSchema = z.object({
  title: z.string(),
  file: z.string(),
  ok: z.boolean(),
  tests: z.array(
    z.object({ results: z.array(z.object({ errors: z.array(z.object({ message: z.string().default('') })) })) }),
  ),
});

type Spec = z.infer<typeof specSchema>;

interface Suite {
  readonly specs: readonly Spec[];
  readonly suites: readonly Suite[];
}

const suiteSchema: z.ZodType<Suite> = z.lazy(() =>
  z.object({ specs: z.array(specSchema).default([]), suites: z.array(suiteSchema).default([]) }),
);

const specsIn = (suite: Suite): readonly Spec[] => [...suite.specs, ...suite.suites.flatMap(specsIn)];

function specFailure({ file, title, tests }: Spec): string {
  const errors = tests.flatMap(({ results }) => results.flatMap((result) => result.errors));
  return shortened(`${file} > ${title}`, errors.map(({ message }) => message).join('\n'));
}

const playwrightSchema = z
  .object({
    stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int(), skipped: z.int() }),
    suites: z.array(suiteSchema).default([]),
  })
  // A test that passes only sometimes has failed.
  .transform(({ stats, suites }) => ({
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky,
    skipped: stats.skipped,
    failures: suites
      .flatMap(specsIn)
      .filter(({ ok }) => !ok)
      .map(specFailure),
  }));

/** A runner that crashed leaves no report; its step counts as failed on its own. */
function read(path: string, schema: z.ZodType<TestCount>): TestCount {
  try {
    return schema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return noTests;
  }
}

export const readVitestReport = (path: string): TestCount => read(path, vitestSchema);
export const readPlaywrightReport = (path: string): TestCount => read(path, playwrightSchema);
