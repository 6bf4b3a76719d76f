/**
 * Whether an error that nobody caught is the smart-card library giving back a handle whose service has ended meanwhile.
 * It does so when the garbage is collected, long after the client was stopped, and no caller can catch it; nothing of
 * the station is left half-way by it.
 */
export function isLateRelease(cause: unknown): boolean {
  if (!(cause instanceof Error) || !('code' in cause)) return false;
  return cause.code === 'InvalidHandle' && cause.message.startsWith('Error in async finalizer callback');
}
