import type { ESLint } from 'eslint';

export const projectRules: ESLint.Plugin;
