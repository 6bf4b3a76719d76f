import { dirname, join, posix, relative, sep } from 'node:path';
import { fileViolation, packageViolation } from './layers.mjs';

const projectFolder = join(import.meta.dirname, '..', '..');

const projectPath = (path) => relative(projectFolder, path).split(sep).join('/');

/** The project's own wrappers are the only places where Electron's unchecked message functions may be taken. */
const rawMessageHomes = { ipcMain: 'electron/security.ts', ipcRenderer: 'electron/preload.ts' };

const isTypeOnly = (node) =>
  node.importKind === 'type' ||
  node.exportKind === 'type' ||
  (node.specifiers?.length > 0 && node.specifiers.every((specifier) => specifier.importKind === 'type'));

function importViolation(from, source, typesOnly) {
  if (!source.startsWith('.')) return packageViolation(from, source);
  return fileViolation(from, posix.join(dirname(from), source), typesOnly);
}

/** Runs `check` on every place of a file that names another module by a fixed text. */
function visitSources(check) {
  const visit = (node) => {
    if (typeof node.source?.value === 'string') check(node, node.source.value);
  };
  return {
    ImportDeclaration: visit,
    ExportNamedDeclaration: visit,
    ExportAllDeclaration: visit,
    ImportExpression: visit,
  };
}

const layers = {
  meta: { type: 'problem', schema: [], messages: { layer: '{{reason}}' } },
  create(context) {
    const from = projectPath(context.filename);
    return visitSources((node, source) => {
      const reason = importViolation(from, source, isTypeOnly(node));
      if (reason !== undefined) context.report({ node, messageId: 'layer', data: { reason } });
    });
  },
};

/** A whole-module import would let the raw functions through under another name. */
function rawMessageViolation(from, specifier) {
  if (specifier.type !== 'ImportSpecifier') return 'import what you need of Electron by name';
  const home = rawMessageHomes[specifier.imported.name];
  return home === undefined || home === from ? undefined : `${specifier.imported.name} belongs to ${home} alone`;
}

const rawMessages = {
  meta: { type: 'problem', schema: [], messages: { raw: '{{reason}}' } },
  create(context) {
    const from = projectPath(context.filename);
    const report = (node, reason) => context.report({ node, messageId: 'raw', data: { reason } });
    return {
      ImportDeclaration(node) {
        if (node.source.value !== 'electron' || isTypeOnly(node)) return;
        for (const specifier of node.specifiers) {
          const reason = rawMessageViolation(from, specifier);
          if (reason !== undefined) report(specifier, reason);
        }
      },
      ExportNamedDeclaration(node) {
        if (node.source?.value === 'electron') report(node, 'Electron is not to be passed on');
      },
      ExportAllDeclaration(node) {
        if (node.source.value === 'electron') report(node, 'Electron is not to be passed on');
      },
      ImportExpression(node) {
        if (node.source.value === 'electron') report(node, 'import what you need of Electron by name');
      },
    };
  },
};

/** The project's own rules, as a plugin. */
export const projectRules = { rules: { layers, 'raw-messages': rawMessages } };
