import { z } from 'zod';

// The page's policy forbids making code at run time; schemas would otherwise try it once and be reported.
z.config({ jitless: true });
