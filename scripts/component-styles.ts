import { parse } from 'postcss';
import type { Plugin } from 'vite';

const stylesheet = /antd[\\/]dist[\\/]antd\.css$/;
const styleModule = /antd[\\/]es[\\/]([a-z-]+)[\\/]style[\\/]/;
const componentClass = /\.ant-([a-z]+)/g;

/** No language here is written from right to left, and pages are laid out without antd's grid of 24 columns. */
const neverShown = /-rtl\b|\.ant-col-/;

/** For each of antd's components that the program shows, by the name of its folder, what its classes begin with. */
const classWords: Readonly<Record<string, readonly string[]>> = {
  app: ['app'],
  button: ['btn'],
  checkbox: ['checkbox'],
  'date-picker': ['picker'],
  drawer: ['drawer'],
  dropdown: ['dropdown'],
  empty: ['empty'],
  form: ['form'],
  grid: ['row', 'col'],
  input: ['input'],
  'input-number': ['input'],
  menu: ['menu'],
  message: ['message'],
  modal: ['modal'],
  notification: ['notification'],
  pagination: ['pagination'],
  progress: ['progress'],
  'qr-code': ['qrcode'],
  radio: ['radio'],
  segmented: ['segmented'],
  select: ['select'],
  skeleton: ['skeleton'],
  slider: ['slider'],
  space: ['space'],
  spin: ['spin'],
  switch: ['switch'],
  table: ['table'],
  tooltip: ['tooltip'],
  tree: ['tree'],
};

const shownWords = new Set(['css', ...Object.values(classWords).flat()]);

const isShown = (selector: string) =>
  !neverShown.test(selector) && [...selector.matchAll(componentClass)].every(([, word = '']) => shownWords.has(word));

/** Of antd's style sheet of all its components, what styles those that are shown. */
export function stylesOfShown(css: string): string {
  const sheet = parse(css);
  sheet.walkRules((rule) => {
    // The steps of a keyframe are no selectors.
    if (rule.parent?.type === 'atrule' && 'name' in rule.parent && rule.parent.name.endsWith('keyframes')) return;
    const selectors = rule.selectors.filter(isShown);
    if (selectors.length === 0) rule.remove();
    else rule.selectors = selectors;
  });
  return sheet.toString();
}

/** A component that is in the program and has no styles would stand there bare. */
export function checkThatAllAreStyled(modules: readonly string[]): void {
  const folders = modules.map((id) => styleModule.exec(id)?.[1]).filter((folder) => folder !== undefined);
  // A library that keeps its styles elsewhere now would otherwise pass unseen.
  if (folders.length === 0)
    throw new Error("None of antd's components were found: look for where it keeps their styles");
  for (const folder of folders) {
    if (!(folder in classWords)) throw new Error(`No styles for antd's ${folder}: add it here`);
  }
}

/** Ships of antd's ready-made style sheet, which is 1 MB, what the program's components need. */
export function componentStyles(): Plugin {
  return {
    name: 'component-styles',
    enforce: 'pre',
    transform: (code, id) => (stylesheet.test(id) ? { code: stylesOfShown(code), map: null } : undefined),
    generateBundle(_options, bundle) {
      checkThatAllAreStyled(
        Object.values(bundle).flatMap((output) => (output.type === 'chunk' ? output.moduleIds : [])),
      );
    },
  };
}
