/** Status bytes (SW3) this module gives by itself; any other one can be forced from the control side. */
export const MODULE_STATUS = {
  done: 0x90,
  cardFound: 0x9f,
  noSuchContent: 0x91,
  badChecksum: 0x10,
  badLength: 0x11,
  wrongCommand: 0x21,
  notPermitted: 0x23,
  fingerprintFailed: 0x37,
  readingFailed: 0x41,
  selfTestFailed: 0x60,
  notAuthorised: 0x66,
  findFailed: 0x80,
  selectFailed: 0x81,
} as const;
