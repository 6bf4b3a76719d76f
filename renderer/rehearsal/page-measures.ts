import { partFaults } from './part-faults.ts';

const named = ['aria-label', 'title', 'placeholder'] as const;

function texts(): readonly string[] {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found: string[] = [];
  while (walker.nextNode()) found.push(walker.currentNode.textContent?.trim() ?? '');
  return found;
}

const labels = () =>
  [...document.querySelectorAll(named.map((name) => `[${name}]`).join())].flatMap((element) =>
    named.map((name) => element.getAttribute(name)?.trim() ?? ''),
  );

/** Once the camera has handed it a picture that is shown. */
const pictureOf = (video: HTMLVideoElement) => new Promise((shown) => video.requestVideoFrameCallback(shown));

/** Whether any of it lies in the window; the browser hands no pictures to a video that is scrolled away. */
const isInView = (video: HTMLVideoElement) =>
  new Promise<boolean>((tell) => {
    const observer = new IntersectionObserver(([entry]) => {
      observer.disconnect();
      tell(entry?.isIntersecting ?? false);
    });
    observer.observe(video);
  });

/** What checks of the screens ask the page: every word on it, and by how many pixels it does not fit its window. */
export const pageMeasures = {
  words: () => [...texts(), ...labels()],
  overflow: () => {
    const { scrollWidth, clientWidth, scrollHeight, clientHeight } = document.documentElement;
    return { sideways: scrollWidth - clientWidth, down: scrollHeight - clientHeight };
  },
  partFaults,
  /** Until every video that can be seen has its picture; without a video at once. */
  picturesShown: async () => {
    const videos = [...document.querySelectorAll('video')].filter((video) => video.checkVisibility());
    await Promise.all(videos.map(async (video) => (await isInView(video)) && pictureOf(video)));
  },
  /** Two pictures later what follows a new size of the window, as React does, has followed. */
  settled: async () => {
    for (const _ of [1, 2]) await new Promise((drawn) => requestAnimationFrame(drawn));
  },
  fontsLoaded: async () => (await document.fonts.ready).status,
};
