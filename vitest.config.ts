import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { isLateRelease } from './native-bridge/reader/pcsc/late-release.ts';

export default defineConfig({
  test: {
    include: [
      'native-bridge/**/*.test.ts',
      'electron/**/*.test.ts',
      'renderer/**/*.test.{ts,tsx}',
      'scripts/**/*.test.ts',
    ],
    pool: 'forks',
    // Many tests wait for devices and answers; on two processors one worker would wait alone.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    setupFiles: ['scripts/leaks/collect.ts'],
    globalSetup: ['scripts/leaks/collect.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    restoreMocks: true,
    // As the bridge itself does: one file's smart-card service ends while another file's clients are still to be collected.
    onUnhandledError: (error) => !isLateRelease(Object.assign(new Error(error.message), error)),
  },
});
