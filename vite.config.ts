import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { componentStyles } from './scripts/component-styles.ts';
import { operatorGuide } from './scripts/guide-page.ts';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/** The one place in antd's base library that creates style elements; parts of it are called without a nonce. */
const styleInjector = /@rc-component[\\/]util[\\/]es[\\/]Dom[\\/]dynamicCSS\.js$/;
const ownNonceOnly = 'if (csp?.nonce) {';
const pageNonce = `document.querySelector('meta[name="csp-nonce"]')?.content`;

/**
 * Dialogs and tables of antd add small style elements for which no nonce can be given from outside; the page's policy
 * would refuse them. They get the page's nonce. A changed library stops the build instead of breaking the page.
 */
function nonceForEveryStyle(): Plugin {
  return {
    name: 'nonce-for-every-style',
    apply: 'build',
    transform(code, id) {
      if (!styleInjector.test(id)) return undefined;
      if (!code.includes(ownNonceOnly)) throw new Error(`${id} has changed: check how it sets the nonce`);
      return { code: code.replace(ownNonceOnly, `styleNode.nonce = ${pageNonce} ?? '';\n  ${ownNonceOnly}`) };
    },
  };
}

/** `vite build` makes the product's page; `--mode rehearsal` the page with the scripted station, among what is generated. */
export default defineConfig(({ mode }) => ({
  root: path('renderer'),
  base: './',
  plugins: [react(), componentStyles(), nonceForEveryStyle(), operatorGuide(path('docs/operator-guide.zh-CN.md'))],
  build: {
    outDir: mode === 'rehearsal' ? path('.set-up/rehearsal') : path('dist/renderer'),
    emptyOutDir: true,
    target: 'chrome130',
    // The page's policy allows no data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
    chunkSizeWarningLimit: 2000,
    rolldownOptions: {
      input: path(mode === 'rehearsal' ? 'renderer/rehearsal/index.html' : 'renderer/index.html'),
      // The setting has to stand in the schema library's own chunk, to be made before any other chunk builds a schema.
      output: {
        codeSplitting: {
          groups: [
            { name: 'schemas', test: /node_modules[\\/]zod|renderer[\\/]no-evaluation/ },
            // It tries at its start whether the browser throws, and V8 then parses the whole file that threw once more.
            { name: 'wire', test: /node_modules[\\/]@msgpack/ },
            // What the first screen needs, whoever needs it as well: every file more is a way more to the browser's cache.
            { name: 'first', tags: ['$initial'] },
          ],
        },
      },
    },
  },
}));
