import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';
import { isLateRelease } from './native-bridge/reader/pcsc/late-release.ts';

/** Files that start whole stations and their devices, and those that put other modules in the place of real ones. */
const ownProcess = [
  '{native-bridge,electron,renderer,scripts}/**/*.integration.test.ts',
  'electron/**/*.test.ts',
  'renderer/camera/*.test.ts',
];

const rest = ['native-bridge/**/*.test.ts', 'renderer/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts'];

export default defineConfig({
  test: {
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
    projects: [
      { extends: true, test: { name: 'own process', include: ownProcess } },
      {
        extends: true,
        // Starting a process and reading the modules anew takes far longer than most of these files themselves.
        test: { name: 'together', include: rest, exclude: [...configDefaults.exclude, ...ownProcess], isolate: false },
      },
    ],
  },
});
