/** The line on the Queue screen that says how far the sending is. */
export const enDelivery = {
  delivery: {
    sending: 'Sending {{done}}/{{total}}',
    rate: '{{count}} a minute',
    minutesLeft: 'about {{minutes}} min left',
    hoursLeft: 'about {{hours}} h left',
  },
} as const;
