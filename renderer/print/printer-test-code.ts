/** In the code of the printer's test page: capitals alone, as on a badge, so that it proves what a badge will need. */
export const printerTestCode = 'ENROL-DESK-PRINTER-TEST';
