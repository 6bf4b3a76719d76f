import type { Messages } from './zh-CN.ts';

export const enHelp: Pick<Messages, 'coach' | 'guide'> = {
  coach: {
    step: 'Practice {{step}} / 6',
    hide: 'No more hints',
    next: 'Done',
    card: 'Lay a card from "Practice cards" at the top, for example "韦试样 · adult"',
    consent: 'The worker reads the notice: space ticks, Enter agrees and starts the camera',
    photo: 'The worker looks into the camera and follows the large words; the photo is taken by itself',
    comparison: 'Look at the verdict: green matches, yellow is for you to decide, red cannot be enrolled',
    fields: 'Fill in the fields marked * below; Tab goes to the next one',
    ready: 'If all is right, press Enter to seal; take the card away and the next person can come',
    sealed:
      'Sealed, and on its way to the practice platform: press the name in the bottom line to follow it. The next card is the next person',
  },
  guide: {
    keys: 'Keys',
    book: "Operator's guide (in Chinese)",
    coachAgain: 'Show the practice hints again',
  },
};
