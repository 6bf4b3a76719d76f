import type { CheckDefinition } from './judge.ts';

/** How many properties of the written file are not as the profile wants them: 0 for a conforming file. */
export const fileFormat: CheckDefinition = {
  name: 'file-format',
  isOfFile: true,
  unit: 'count',
  measure: ({ file }) => file && { value: file.deviations.length },
  prompt: () => 'wrong-file',
};

/** Size of the written file. */
export const fileSize: CheckDefinition = {
  name: 'file-size',
  isOfFile: true,
  unit: 'byte',
  measure: ({ file }) => file && { value: file.bytes },
  prompt: () => 'wrong-file',
};
