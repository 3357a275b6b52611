// What needs no browser: amounts, days, proofs and words.

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createHash, webcrypto } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import * as esbuild from 'esbuild';

const here = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'duebook-web-'));
after(() => rmSync(folder, { recursive: true }));
globalThis.crypto ??= webcrypto;

async function load(name) {
  const outfile = join(folder, `${name}.mjs`);
  await esbuild.build({ absWorkingDir: here, entryPoints: [`src/lib/${name}.ts`], outfile, bundle: true, format: 'esm', logLevel: 'error' });
  return import(pathToFileURL(outfile));
}

test('amounts are exact, whatever their size', async () => {
  const { shown, fromMinor, toMinor, share, isZero } = await load('money');
  assert.equal(shown('-1234567.50'), '-1,234,567.50');
  assert.equal(shown('123'), '123');
  assert.equal(shown('90071992547409931234.567'), '90,071,992,547,409,931,234.567');
  assert.equal(fromMinor(-5n, 2), '-0.05');
  assert.equal(fromMinor(1234n, 0), '1234');
  assert.equal(toMinor('-0.05', 2), -5n);
  assert.equal(toMinor('90071992547409931234.567', 3), 90071992547409931234567n);
  assert.equal(share(1n, 3n), '33.3 %');
  assert.equal(share(1n, 0n), '');
  assert.ok(isZero('-0.00') && isZero(null) && !isZero('0.01'));
});

test('months lead from last days to last days', async () => {
  const { addMonths, dayOf, isDay, isoOf } = await load('days');
  const later = (iso, months) => isoOf(addMonths(dayOf(iso), months));
  assert.equal(later('2025-12-31', -1), '2025-11-30');
  assert.equal(later('2024-02-29', 12), '2025-02-28');
  assert.equal(later('2025-01-30', 1), '2025-02-28');
  assert.equal(later('2025-11-15', 2), '2026-01-15');
  assert.ok(isDay('2024-02-29') && !isDay('2025-02-29') && !isDay('2025-2-1') && !isDay(null));
});

// A tree of RFC 6962, and the path of each leaf, written down from its definition.
const hash = (...parts) => createHash('sha256').update(Buffer.concat(parts)).digest();
const split = (count) => 2 ** Math.floor(Math.log2(count - 1));
function root(leaves) {
  if (leaves.length === 1) return leaves[0];
  const left = split(leaves.length);
  return hash(Buffer.of(1), root(leaves.slice(0, left)), root(leaves.slice(left)));
}
function path(leaves, index) {
  if (leaves.length === 1) return [];
  const left = split(leaves.length);
  return index < left
    ? [...path(leaves.slice(0, left), index), root(leaves.slice(left))]
    : [...path(leaves.slice(left), index - left), root(leaves.slice(0, left))];
}

test('a proof holds for every leaf of every tree, and for nothing else', async () => {
  const { checkProof } = await load('proof');
  for (let size = 1; size <= 17; size++) {
    const events = Array.from({ length: size }, (_, i) => Buffer.from(`event ${i}`));
    const leaves = events.map((bytes) => hash(Buffer.of(0), bytes));
    for (let index = 0; index < size; index++) {
      const file = (change = {}) => ({
        format: 'duebook proof 1',
        checkpoint: `origin\n${size}\n${root(leaves).toString('base64')}\n\n— key x\n`,
        events: [{ leaf_index: index, bytes: events[index].toString('base64'), path: path(leaves, index).map((each) => each.toString('base64')), ...change }],
      });
      const good = await checkProof(file());
      assert.ok(good.holds && good.leaf === leaves[index].toString('hex'), `leaf ${index} of ${size}`);
      assert.ok(!(await checkProof(file({ bytes: Buffer.from('another').toString('base64') }))).holds);
      assert.ok(!(await checkProof(file({ path: [...file().events[0].path, leaves[0].toString('base64')] }))).holds);
      if (size > 1) assert.ok(!(await checkProof(file({ path: file().events[0].path.slice(1) }))).holds);
    }
  }
  await assert.rejects(checkProof({ format: 'other', checkpoint: '', events: [] }));
});

test('the page has no word of its own for what the program has one for', () => {
  const table = readFileSync(join(here, '../render/chinese_words.cc'), 'utf8');
  const words = new Map([...table.matchAll(/\{"([a-z_ -]+)", "([^"]+)"\}/g)].map(([, name, word]) => [name.replaceAll('_', ' '), word]));
  const page = readFileSync(join(here, 'src/lib/words.ts'), 'utf8');
  for (const [, key, english, chinese] of page.matchAll(/^ {2}(\w+): \['([^']+)', '([^']+)'\]/gm)) {
    const word = words.get(english.toLowerCase());
    if (word !== undefined) assert.equal(chinese, word, key);
  }
});

test('building gives what is committed, in any folder', () => {
  const built = join(folder, 'dist');
  execFileSync(process.execPath, [join(here, 'build.mjs'), built], { cwd: folder, env: { ...process.env, HOME: folder } });
  for (const name of ['index.html', 'app.js', 'app.css']) assert.equal(readFileSync(join(built, name), 'utf8'), readFileSync(join(here, 'dist', name), 'utf8'), name);
});
