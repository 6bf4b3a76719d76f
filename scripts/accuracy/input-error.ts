/** Something wrong with the files that were given; the message is the sentence for the person who gave them. */
export class InputError extends Error {}
