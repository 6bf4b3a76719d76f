import {
  type DiagnosticStep,
  type DiagnosticStepName,
  diagnosticStepNames,
  type diagnosticsCalls,
} from '../../native-bridge/contract/diagnostics-calls.ts';
import type { Argument, Result } from '../../native-bridge/contract/station.ts';

type DiagnosticsHandlers = {
  readonly [N in keyof typeof diagnosticsCalls]: (argument: Argument<N>) => Result<N>;
};

/** What is not simply in order. */
const findings: Partial<Record<DiagnosticStepName, Omit<DiagnosticStep, 'number' | 'step'>>> = {
  disk: { state: 'ok', value: '81.2 GB' },
  'key-store': { state: 'ok', value: 'dpapi' },
  'recovery-key': { state: 'warning' },
  backups: { state: 'ok', value: '3 h' },
  readers: { state: 'ok', value: 'usb ready' },
  'portrait-decoder': { state: 'warning', error: { code: 'portrait.no-decoder' } },
  printer: { state: 'skipped' },
  platform: { state: 'trouble', error: { code: 'platform.unreachable' } },
};

/** The scripted station's examination of itself. */
export const fakeDiagnostics = (): DiagnosticsHandlers => ({
  'diagnostics.examine': () => ({
    at: new Date().toISOString(),
    steps: diagnosticStepNames.map((step, index) => ({ number: index + 1, step, state: 'ok', ...findings[step] })),
  }),
  'diagnostics.bundle': () => ({ name: 'enrol-desk-support.json', text: '{}' }),
});
