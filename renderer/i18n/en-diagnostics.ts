/** Texts about the station's examination of itself. */
export const enDiagnostics = {
  diagnostics: {
    title: 'The whole station',
    text: 'Checks everything in turn. The support file holds nothing about any person; it can be read before it is sent.',
    examine: 'Check everything',
    bundle: 'Save support file',
    state: { ok: 'In order', warning: 'Look at', trouble: 'Trouble', skipped: 'Not used' },
    hint: {
      'recovery-key': 'There is none yet: make one in Settings, Backups and keys',
      'key-store': 'The system does not protect the key, or its key store is another one',
      readers: 'No reader has been found yet',
      log: 'The log cannot be written',
    },
    step: {
      'data-folder': 'Data folder',
      disk: 'Disk space',
      'data-file': 'Data file',
      'key-store': 'System key store',
      'recovery-key': 'Recovery key',
      backups: 'Backups',
      'face-engine': 'Face comparison',
      readers: 'Readers',
      'portrait-decoder': 'Card photo decoder',
      clock: 'Clock',
      platform: 'Platform',
      log: 'Log',
      printer: 'Printer',
    },
  },
} as const;
