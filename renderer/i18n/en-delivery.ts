/** The line on the Queue screen that says how far the sending is, and its pause. */
export const enDelivery = {
  delivery: {
    sending: 'Sending {{done}}/{{total}}',
    rate: '{{count}} a minute',
    minutesLeft: 'about {{minutes}} min left',
    hoursLeft: 'about {{hours}} h left',
    pause: 'Pause sending',
    resume: 'Resume sending',
    paused: 'Sending is paused. It goes on by itself at {{time}}, and when the program is opened anew.',
    finishing: 'Still waiting for an answer: {{count}}; nothing more is sent after that',
    waiting: '{{count}} are kept safe on this computer',
    topPaused: 'Sending paused',
  },
} as const;
