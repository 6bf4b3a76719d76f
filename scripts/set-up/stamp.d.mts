export function isStamped(step: string, state: string): boolean;
export function stamp(step: string, state: string): void;
