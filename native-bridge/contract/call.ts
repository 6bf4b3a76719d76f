import type { z } from 'zod';

/** One call of the contract: the schema of its argument and of its result. */
export const call = <A extends z.ZodType, R extends z.ZodType>(argument: A, result: R) => ({ argument, result });
