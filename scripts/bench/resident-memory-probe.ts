/** Loaded into a bridge process before its own program: answers the question for its resident memory, in bytes. */
process.on('message', (message) => {
  if (message === 'resident-memory') process.send?.({ residentMemory: process.memoryUsage.rss() });
});
