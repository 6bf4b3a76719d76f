/** Between the parts of a line. Where it is too long for one, the point stays at the end of the first. */
export const partSeparator = '\u00a0· ';
