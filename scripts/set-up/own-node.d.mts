export function refuseOldNode(version: string): void;
export function findOwnNode(root: string): string;
