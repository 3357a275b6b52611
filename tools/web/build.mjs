// Builds the page: src/ to dist/, which is committed. The same sources give the same bytes, wherever they lie.
//
//   node build.mjs           builds into dist/
//   node build.mjs FOLDER    builds into another folder
//
// The Chinese words of reports, columns and event types are taken from the program's own sources, so that the page
// calls things as every other door does.

import { readFileSync, readdirSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createHash } from 'node:crypto';
import { brotliCompressSync } from 'node:zlib';
import * as esbuild from 'esbuild';
import { compile, compileModule } from 'svelte/compiler';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..', '..');
const out = resolve(process.argv[2] ?? join(here, 'dist'));

const read = (...path) => readFileSync(join(...path), 'utf8');

// { name: word }, of tools/render/chinese_words.cc and of the event types.
function chineseWords() {
  const words = {};
  const text = (quoted) => JSON.parse(`"${quoted}"`);
  const table = read(root, 'tools/render/chinese_words.cc');
  for (const [, name, word] of table.matchAll(/\{"((?:[^"\\]|\\.)*)", "((?:[^"\\]|\\.)*)"\}/g)) words[text(name)] = text(word);
  const events = join(root, 'ledger/events');
  for (const file of readdirSync(events).filter((name) => name.endsWith('.cc')).sort()) {
    for (const [, name, word] of read(events, file).matchAll(/EventKind k(\w+)\{[^;]*?\.chinese = "([^"]*)"/g)) words[name] = word;
  }
  if (Object.keys(words).length < 300) throw new Error('the tables of Chinese words are written otherwise than is read here');
  return words;
}

const svelte = {
  name: 'svelte',
  setup(build) {
    const options = (path) => ({ filename: path.slice(here.length + 1), generate: 'client', dev: false });
    const compiled = (path) => {
      const result = compile(readFileSync(path, 'utf8'), { ...options(path), css: 'external', cssHash: ({ css, hash }) => `s${hash(css)}` });
      for (const { code, message, start } of result.warnings) throw new Error(`${path}:${start?.line}: ${code}: ${message}`);
      return result;
    };
    build.onLoad({ filter: /\.svelte$/ }, ({ path }) => {
      const { js, css } = compiled(path);
      return { contents: js.code + (css ? `\nimport ${JSON.stringify(`${path}.css`)};` : ''), resolveDir: dirname(path) };
    });
    build.onResolve({ filter: /\.svelte\.css$/ }, ({ path }) => ({ path, namespace: 'style' }));
    build.onLoad({ filter: /./, namespace: 'style' }, ({ path }) => {
      return { contents: compiled(path.slice(0, -'.css'.length)).css.code, loader: 'css' };
    });
    build.onLoad({ filter: /\.svelte\.ts$/ }, async ({ path }) => {
      const { code } = await esbuild.transform(readFileSync(path, 'utf8'), { loader: 'ts', target: 'esnext', tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } } });
      return { contents: compileModule(code, options(path)).js.code, resolveDir: dirname(path) };
    });
    // Constants of the bundle itself, so that what is for development alone is left out.
    build.onResolve({ filter: /^esm-env$/ }, ({ path }) => ({ path, namespace: 'env' }));
    build.onLoad({ filter: /./, namespace: 'env' }, () => ({ contents: 'export const BROWSER = true; export const DEV = false; export const NODE = false;' }));
    build.onResolve({ filter: /^chinese-words$/ }, ({ path }) => ({ path, namespace: 'words' }));
    build.onLoad({ filter: /./, namespace: 'words' }, () => ({ contents: JSON.stringify(chineseWords()), loader: 'json' }));
  },
};

const { outputFiles } = await esbuild.build({
  absWorkingDir: here,
  entryPoints: { app: 'src/main.ts' },
  outdir: out,
  bundle: true,
  minify: true,
  write: false,
  format: 'esm',
  target: 'es2022',
  charset: 'utf8',
  legalComments: 'none',
  conditions: ['browser', 'production'],
  plugins: [svelte],
});

mkdirSync(out, { recursive: true });
const files = [...outputFiles.map(({ path, text }) => [path.slice(out.length + 1), text]), ['index.html', read(here, 'src/index.html')]];
for (const [name, text] of files) {
  writeFileSync(join(out, name), text);
  const compressed = brotliCompressSync(text).length;
  console.log(`${name.padEnd(12)} ${(text.length / 1000).toFixed(1).padStart(7)} KB ${(compressed / 1000).toFixed(1).padStart(6)} KB br  ${createHash('sha256').update(text).digest('hex').slice(0, 16)}`);
  if (name === 'app.js' && compressed > 60_000) throw new Error('app.js is over 60 KB compressed');
}
