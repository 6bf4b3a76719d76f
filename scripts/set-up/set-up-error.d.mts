export class SetUpError extends Error {}
