import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { checkThatAllAreStyled, stylesOfShown } from './component-styles.ts';

const whole = readFileSync(new URL('../node_modules/antd/dist/antd.css', import.meta.url), 'utf8');

test('what styles a component that is shown stays, and what belongs to others alone goes', () => {
  const css = '.ant-btn{color:red;}.ant-carousel .ant-btn,.ant-btn-lg{color:blue;}.ant-tour{top:0;}';
  expect(stylesOfShown(css)).toBe('.ant-btn{color:red;}.ant-btn-lg{color:blue;}');
});

test('directions and grids that no page has go', () => {
  expect(stylesOfShown('.ant-btn-rtl{left:0;}.ant-col-8{width:33%;}.ant-col{min-height:1px;}')).toBe(
    '.ant-col{min-height:1px;}',
  );
});

test('keyframes stay whole', () => {
  const css = '@keyframes antSpin{to{rotate:1turn;}}';
  expect(stylesOfShown(css)).toBe(css);
});

test("antd's own style sheet keeps its buttons and tables and loses its carousel", () => {
  const kept = stylesOfShown(whole);
  expect(kept).toContain('.ant-btn-primary');
  expect(kept).toContain('.ant-table-thead');
  expect(kept).not.toContain('.ant-carousel');
  expect(kept.length).toBeLessThan(whole.length * 0.65);
});

test('a bundle with a component that has no styles is refused, and so is one without any', () => {
  expect(() => checkThatAllAreStyled(['/x/antd/es/button/style/index.js'])).not.toThrow();
  expect(() =>
    checkThatAllAreStyled(['/x/antd/es/button/style/index.js', 'C:\\x\\antd\\es\\tour\\style\\index.js']),
  ).toThrow('tour');
  expect(() => checkThatAllAreStyled(['/x/react/index.js'])).toThrow('None');
});
