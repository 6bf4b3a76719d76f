/** The keys of the desk with what they do, in the order of the guide's own table; every one works as said there. */
export const helpKeys = [
  ['Space', 'help.tick'],
  ['Enter', 'help.confirm'],
  ['Ctrl + Enter', 'help.seal'],
  ['Tab', 'help.nextField'],
  ['F1', 'help.helpKey'],
  ['F2', 'help.team'],
  ['F3', 'help.expected'],
  ['F4', 'help.retake'],
  ['F6', 'help.livenessAgain'],
  ['F7', 'help.checks'],
  ['F8', 'help.allTheSame'],
  ['F9', 'help.lock'],
  ['Ctrl + P', 'help.print'],
  ['1 / 2', 'help.answer'],
  ['Esc', 'help.discard'],
] as const;
