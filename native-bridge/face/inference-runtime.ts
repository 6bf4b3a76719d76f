import type * as Runtime from 'onnxruntime-node';

let loaded: Promise<typeof Runtime> | undefined;

/** What runs the nets, loaded with the first one: nobody's start waits for it. */
export const inferenceRuntime = (): Promise<typeof Runtime> => (loaded ??= import('onnxruntime-node'));
