import { Menu, Tray } from 'electron';

export interface TrayActions {
  /** Shows the window, or a new one where it was closed. */
  readonly open: () => void;
  readonly lock: () => void;
  readonly quit: () => void;
}

const chinese = {
  program: '实名采集台',
  open: '打开采集台',
  lock: '锁定',
  quit: '退出',
  goesOn: '采集台仍在后台运行并上传记录。要结束请在此图标上选择“退出”。',
} as const;
const english: Readonly<Record<keyof typeof chinese, string>> = {
  program: 'Enrol Desk',
  open: 'Open Enrol Desk',
  lock: 'Lock',
  quit: 'Quit',
  goesOn: 'Enrol Desk goes on in the background and sends its records. To end it choose Quit on this icon.',
};

export interface StationTray {
  /** Says once in the program's life that closing the window did not end it; a balloon exists on Windows only. */
  readonly tellOfGoingOn: () => void;
}

/**
 * The station's sign beside the clock, in the system's language: the page's own choice is not known to the shell.
 * Keep what it returns: a tray that nobody holds is collected, and vanishes.
 */
export function placeTray(icon: string, locale: string, { open, lock, quit }: TrayActions): StationTray {
  const words = locale.startsWith('zh') ? chinese : english;
  const tray = new Tray(icon);
  tray.setToolTip(words.program);
  tray.on('click', open);
  tray.setContextMenu(
    Menu.buildFromTemplate([
      { label: words.open, click: open },
      { label: words.lock, click: lock },
      { type: 'separator' },
      { label: words.quit, click: quit },
    ]),
  );
  let isTold = false;
  return {
    tellOfGoingOn: () => {
      if (!isTold) tray.displayBalloon({ title: words.program, content: words.goesOn });
      isTold = true;
    },
  };
}
