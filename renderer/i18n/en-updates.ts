import type { Messages } from './zh-CN.ts';

/** English texts about updates of the program, and about how far bytes are. */
export const enUpdates: Pick<Messages, 'updates' | 'bytes'> = {
  updates: {
    title: 'Program updates',
    version: 'Version {{version}}',
    server: {
      latest:
        'Automatic: looked for every 6 hours on your update server, fetched, and installed when the program is ended, never during an enrolment.',
      beta: 'Automatic (beta channel): looked for every 6 hours on your update server, fetched, and installed when the program is ended, never during an enrolment.',
    },
    package: {
      'browser-shell':
        'The program runs in a browser and fetches no updates itself: an administrator installs new versions as a package.',
      'no-address':
        'No update server is set, so the program fetches no updates itself: an administrator installs new versions as a package. For automatic updates, name the server in the policy file.',
      'not-packaged': 'Run from its own folder, the program fetches no updates.',
      'not-on-this-system':
        'On this system the program fetches no updates itself: new versions come from the package repository.',
      'not-signed':
        'This package is not signed, so the program fetches no updates: nobody could tell whose they are. An administrator installs new versions as a package.',
    },
    looking: 'Looking for updates',
    never: 'Not looked for since the program was started.',
    last: {
      'none-newer': 'Looked {{time}}: this is the newest version.',
      found: 'Looked {{time}}: version {{version}} is there.',
      failed:
        'Looked {{time}}: failed ({{code}}), tried again within 6 hours. Check the network and the update server.',
      cancelled: 'Stopped fetching {{version}} at {{time}}; the next look fetches it anew.',
    },
    fetching: 'Fetching {{version}}',
    waiting: '{{version}} is fetched and verified, and will be installed when the program is ended.',
    look: 'Look now',
    cancel: 'Stop fetching',
  },
  bytes: {
    done: '{{done}} / {{total}}',
    rate: '{{rate}} a second',
    seconds: 'about {{count}} s left',
    minutes: 'about {{count}} min left',
  },
};
