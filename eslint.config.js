import javascript from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig, globalIgnores } from 'eslint/config';
import typescript from 'typescript-eslint';
import { projectRules } from './scripts/lint/layer-rule.mjs';

const tests = ['**/*.test.ts', '**/*.test.tsx', '**/*.spec.ts'];
const onPage = ['renderer/**/*.{ts,tsx}', 'electron/preload.ts'];
const pageTests = ['renderer/**/*.test.{ts,tsx}'];

const typesFrom = (project) => ({ parserOptions: { project, tsconfigRootDir: import.meta.dirname } });

export default defineConfig(
  globalIgnores(['dist/', 'assets/', 'docs/', '.set-up/', 'test-results/', 'playwright-report/', 'demo-screenshots/']),
  // Another language, whose own compiler checks it.
  globalIgnores(['native-bridge/face/kernel/']),
  javascript.configs.recommended,
  {
    plugins: { project: projectRules },
    rules: {
      'project/layers': 'error',
      'project/raw-messages': 'error',
      'max-lines': ['error', 400],
      eqeqeq: 'error',
    },
  },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [typescript.configs.recommendedTypeChecked],
    languageOptions: typesFrom('./tsconfig.json'),
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // A leading underscore says that a place is left unused on purpose.
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // A function that implements an asynchronous interface need not wait for anything itself.
      '@typescript-eslint/require-await': 'off',
    },
  },
  { files: onPage, languageOptions: typesFrom('./tsconfig.renderer.json') },
  { files: ['renderer/**/*.{ts,tsx}'], extends: [reactHooks.configs.flat.recommended] },
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: { globals: { console: 'readonly', process: 'readonly', URL: 'readonly' } },
  },
  // What an expectation names is not called there.
  { files: tests, rules: { 'max-lines': 'off', '@typescript-eslint/unbound-method': 'off' } },
  { files: pageTests, languageOptions: typesFrom('./tsconfig.renderer-tests.json') },
);
