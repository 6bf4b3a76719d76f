import type { Messages } from './zh-CN.ts';

/** Setting up a new station. */
export const enFirstRun: Pick<Messages, 'firstRun'> = {
  firstRun: {
    title: 'First set-up',
    place: 'Step {{place}} of {{all}}',
    leave: 'Skip, just practise',
    again: {
      title: 'Set-up assistant',
      text: 'Goes through language, recovery key, reader, camera and project once more. Records, accounts, keys and settings stay as they are unless you press what changes them.',
      start: 'Start the assistant',
      leave: 'Leave the assistant',
      projectTitle: 'A project is connected',
      connected:
        'This desk is connected to a real project, which is not changed here. For another one go to Settings, Project.',
      connectedTo:
        'This desk is connected to {{project}}, which is not changed here. For another one go to Settings, Project.',
      done: 'Done',
    },
    back: 'Back',
    skip: 'Later',
    next: 'Next',
    rail: {
      language: 'Language',
      account: 'Administrator',
      reader: 'Card reader',
      camera: 'Camera',
      project: 'Project',
    },
    language: { title: '选择语言 · Language', text: '以后可在“设置”里更换。You can change it later in Settings.' },
    account: {
      title: "Who is this computer's administrator?",
      text: 'The administrator connects projects, adds people and keeps the recovery key. Choose a password that you remember.',
    },
    key: {
      title: 'Recovery key',
      text: 'Records are kept encrypted on this computer. Should it break down, be set up anew, or the password be forgotten, only the recovery key opens them. Have pen and paper ready.',
      steps:
        'Make the recovery key: 8 groups of characters show on the screen|Write them down on paper, or print them|Type one of the groups from the paper to check it, then lock the paper away',
      make: 'Make the recovery key',
      show: 'Write these 8 groups down on paper, or print them; they are not shown again. Lock the paper away. No photo of it, and no copy on this computer.',
      written: 'I have it on paper',
      check: 'Look at your paper and type the 5 characters of group {{place}}',
      group: 'Group {{place}}',
      confirm: 'Check',
      wrong: 'That is not group {{place}}; look at your paper again',
      again: 'Show the key again',
      made: 'A recovery key was made ({{time}}). Go on if you have it on paper; if not, make a new one, and the old one is void.',
      renew: 'Not on paper: make a new one',
    },
    reader: {
      title: 'Find the ID-card reader',
      searching: 'Looking for a reader',
      steps:
        'Plug the reader into this computer by USB|It shows here by itself after a few seconds|Serial and network readers can be entered in Settings later',
      found: 'A reader was found',
      without: 'None yet: use the virtual reader',
    },
    camera: {
      title: 'Pair the camera',
      text: "See that it looks at the worker's seat. Once paired, only this camera takes photos.",
      use: 'Use this camera',
      without: 'No camera yet',
      other: 'Use instead',
    },
    project: {
      title: 'Last step: practise first, or connect a project?',
      practice: 'Practise first',
      practiceText:
        'Learn the whole way with practice cards and a training platform; nothing real is made. A project can be connected in Settings at any time.',
      connect: 'Connect a real project',
      connectText: "You need the platform's address, account and key; some platforms also want the project's code.",
      needsAccount: 'A real project needs an administrator first.',
      toAccount: 'Name the administrator',
      start: 'Start in practice mode',
      connected: 'The project is connected; what is sealed from now on goes there.',
      done: 'Done',
    },
  },
};
