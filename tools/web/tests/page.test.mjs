// Each page's job in a browser, by mouse and by keyboard, on the books of tools/demo as README.md's five minutes leave
// them, served by a program that is running:
//
//   DUEBOOK_WEB_ADDRESS=http://127.0.0.1:8470 DUEBOOK_WEB_CODE=CODE npm test
//
// CODE is the one-time code that the server printed. Without an address nothing is tested, which is said.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';

const server = process.env.DUEBOOK_WEB_ADDRESS;
const code = process.env.DUEBOOK_WEB_CODE ?? '';
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const skip = server === undefined && 'DUEBOOK_WEB_ADDRESS is not set';

const cut = 'effective=2025-12-31&known=305';
let browser, context, page;
const wrong = []; // whatever a browser complains of

async function open(options = {}) {
  const made = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB', permissions: ['clipboard-read', 'clipboard-write'], ...options });
  await made.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
  });
  made.setDefaultTimeout(60_000);
  const tab = await made.newPage();
  tab.on('pageerror', (error) => wrong.push(String(error.stack)));
  tab.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) wrong.push(message.text());
  });
  return [made, tab];
}

// The session of the first test, in a browser that is set up otherwise.
async function another(options) {
  const [made, tab] = await open({ ...options, storageState: await context.storageState() });
  return { tab, close: () => made.close() };
}

const go = (path, tab = page) => tab.goto(server + path);
const settled = async (tab = page) => {
  await tab.locator('main h1').first().waitFor();
  await tab.waitForTimeout(60);
  for (let tries = 0; tries < 100 && (await tab.locator('[aria-busy="true"]').count()) > 0; tries++) await tab.waitForTimeout(50);
};
const rowsOf = (label, tab = page) => tab.getByRole('grid', { name: label, exact: true });
const balance = (tab = page) => tab.locator('.bars .sum dd').innerText();
const at = () => new URL(page.url());

before(async () => {
  if (skip) return;
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
  [context, page] = await open();
});
after(() => browser?.close());

test('signing in takes a code once, and leads where one wanted to go', { skip }, async () => {
  await go(`/event/300?${cut}`);
  await page.getByLabel('One-time code').fill('wrong');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').waitFor();
  assert.equal(at().pathname, '/event/300');
  await page.goto('about:blank');
  await go(`/event/300?${cut}#code=${code}`);
  await page.getByRole('heading', { name: 'PaymentReversed' }).waitFor();
  assert.equal(at().hash, '');
  assert.equal(at().pathname + at().search, `/event/300?${cut}`);
});

test('the aging shows the cut in one currency, and says it in the address', { skip }, async () => {
  await go(`/aging?${cut}`);
  await settled();
  assert.equal(await balance(), '283,025.34');
  assert.match(await rowsOf('Aging').innerText(), /天府食品[\s\S]*118,375\.34[\s\S]*283,025\.34/);
  assert.doesNotMatch(await rowsOf('Aging').innerText(), /Lindqvist/);
  await page.getByLabel('Currency CNY').selectOption('EUR');
  await settled();
  assert.equal(await balance(), '14,610.50');
  assert.equal(at().searchParams.get('currency'), 'EUR');
  await page.goBack();
  await go(`/aging?${cut}`);
  await settled();
  await page.getByLabel('As it was closed').selectOption({ index: 2 });
  await page.waitForURL(/known=297/);
  await settled();
  assert.equal(await balance(), '246,525.34');
  await page.getByLabel('Rows by').selectOption('currency');
  await settled();
  assert.match(await rowsOf('Aging').innerText(), /CNY[\s\S]*246,525\.34[\s\S]*EUR[\s\S]*15,860\.50/);
  const where = page.url();
  await page.reload();
  await settled();
  assert.equal(page.url(), where);
  assert.equal(await balance(), '246,525.34');
});

for (const [slider, far] of [['Effective date', 'effective'], ['Known up to event', 'known']]) {
  test(`dragging "${slider}" asks the server nothing, and what rests is asked for once`, { skip }, async () => {
    await go(`/aging?${cut}`);
    await settled();
    const asked = [];
    const hear = (request) => request.url().includes('/api/') && !request.url().includes('/seq') && asked.push(request.url());
    page.on('request', hear);
    const range = page.getByRole('slider', { name: slider });
    const box = await range.boundingBox();
    const seen = new Set();
    const start = far === 'known' ? 0.98 : 0.6;
    await page.mouse.move(box.x + box.width * start, box.y + box.height / 2);
    await page.mouse.down();
    for (let step = 1; step <= 40; step++) {
      await page.mouse.move(box.x + box.width * (start - step * 0.01), box.y + box.height / 2);
      seen.add(await balance());
    }
    await page.waitForTimeout(300);
    assert.deepEqual(asked, []);
    assert.ok(seen.size > 5, `the figures follow: ${[...seen].join(' ')}`);
    const dragged = await balance();
    await page.mouse.up();
    await page.waitForTimeout(150);
    await settled();
    page.off('request', hear);
    assert.equal(asked.length, 2, asked.join('\n'));
    assert.equal(asked.filter((url) => url.includes('/aging/curve')).length, 1);
    assert.equal(await balance(), dragged);
    assert.match(await rowsOf('Aging').innerText(), new RegExp(`${dragged.replace(/[.]/g, '\\.')}\\s*$`));
  });
}

test('a bar leads to the proof of an event in four keystrokes', { skip }, async () => {
  await go(`/aging?${cut}`);
  await settled();
  for (let tabs = 0; tabs < 60 && !(await page.evaluate(() => document.activeElement.closest('.bars') !== null)); tabs++) await page.keyboard.press('Tab');
  for (let rows = 0; rows < 5; rows++) await page.keyboard.press('ArrowDown');
  assert.match(await page.evaluate(() => document.activeElement.innerText), /^121-180/);
  const focused = (label) => page.waitForSelector(`[role="grid"][aria-label="${label}"]:focus`);
  await page.keyboard.press('Enter');
  await focused('Aging');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/customer\//);
  await focused('Open items');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/document\/invoice/);
  await focused('Trail');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/event\/183\?/);
  await page.getByText('number 183 of the').waitFor();
  assert.equal(at().search, `?${cut}`);
});

test('the mouse leads the same way, and back', { skip }, async () => {
  await go(`/aging?${cut}`);
  await settled();
  await page.locator('.bars').getByRole('button', { name: '61-90' }).click();
  assert.equal(at().searchParams.get('bucket'), '61-90');
  assert.match(await page.getByText('1 row').innerText(), /1 row/);
  await rowsOf('Aging').getByRole('link', { name: 'Nguyễn Phúc' }).click();
  await page.getByRole('heading', { name: 'Nguyễn Phúc Nhập Khẩu' }).waitFor();
  await settled();
  for (const [view, text] of [['Statement', /opening balance/], ['Trail', /CustomerOpened/], ['Open items', /61-90/]]) {
    await page.getByRole('link', { name: view, exact: true }).click();
    await settled();
    await rowsOf(view).waitFor();
    assert.match(await rowsOf(view).innerText(), text);
  }
  await rowsOf('Open items').getByRole('link').first().click();
  await rowsOf('Trail').getByRole('link').first().click();
  await page.getByText('Checked in this browser').waitFor();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download the proof' }).click()]);
  assert.equal(JSON.parse(readFileSync(await download.path(), 'utf8')).format, 'duebook proof 1');
  await page.goBack();
  await page.goBack();
  await page.getByRole('heading', { name: 'Nguyễn Phúc Nhập Khẩu' }).waitFor();
});

test('a proof of other bytes does not hold', { skip }, async () => {
  await page.route('**/events/300/proof', async (route) => {
    const file = await (await route.fetch()).json();
    file.events[0].path[0] = file.events[0].path[1];
    await route.fulfill({ json: file });
  });
  await go(`/event/300?${cut}`);
  await page.getByText('This proof does not hold').waitFor();
  await page.unroute('**/events/300/proof');
});

test('any report is there with its parameters, and as CSV', { skip }, async () => {
  await go(`/reports?${cut}`);
  await page.getByRole('link', { name: 'Open items' }).click();
  await settled();
  assert.match(await rowsOf('Open items').innerText(), /Müller/);
  await page.getByLabel('Customer', { exact: true }).fill('天府食品');
  await page.keyboard.press('Enter');
  await page.waitForURL(/customer=/);
  await settled();
  assert.doesNotMatch(await rowsOf('Open items').innerText(), /Müller/);
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'as CSV' }).click()]);
  assert.match(readFileSync(await download.path(), 'utf8'), /^customer,invoice,currency[\s\S]*天府食品,INV-25-017/);
  await go(`/report/explain?${cut}`);
  await page.getByLabel('Earlier known event').fill('297');
  await page.keyboard.press('Enter');
  await settled();
  assert.match(await rowsOf('Explain').innerText(), /PAY-25-038/);
  await go(`/report/trail?${cut}`);
  await page.getByText('Customer or document has to be given').waitFor();
});

test('a grid is walked, sorted and copied by keys', { skip }, async () => {
  await go(`/report/open-items?${cut}`);
  await settled();
  const grid = rowsOf('Open items');
  await grid.focus();
  const place = () => grid.evaluate((element) => document.getElementById(element.getAttribute('aria-activedescendant')).innerText);
  const first = await place();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  assert.match(await place(), /INV-25/);
  await page.keyboard.press('Control+End');
  await page.keyboard.press('Control+Home');
  assert.equal(await place(), first);
  await page.keyboard.press('Control+c');
  await page.getByText('rows copied').waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(copied, /^Customer\tName\tInvoice/);
  assert.match(copied, /\t64375\.34\t/);
  await grid.getByRole('columnheader', { name: 'Open', exact: true }).getByRole('button').click();
  assert.equal(at().searchParams.get('sort'), 'open:desc');
  assert.match(await grid.getByRole('row').nth(1).innerText(), /64,375\.34/);
});

test('single keys move the cut and the page, and can be switched off', { skip }, async () => {
  await go(`/aging?${cut}`);
  await settled();
  await page.locator('main').focus();
  await page.keyboard.press('[');
  await page.waitForURL(/effective=2025-12-30/);
  await page.keyboard.press(']');
  await page.waitForURL(/effective=2025-12-31/);
  await page.keyboard.press('{');
  await page.waitForURL(/effective=2025-11-30/);
  await page.keyboard.press('}');
  await page.keyboard.press('<');
  await page.waitForURL(/effective=2025-12-31&known=304/);
  await page.keyboard.press(',');
  await page.waitForURL(/known=303/);
  await page.keyboard.press('/');
  await page.keyboard.type('müller');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Müller & Söhne' }).waitFor();
  await settled();
  await page.keyboard.press('g');
  await page.keyboard.press('r');
  await page.getByRole('heading', { name: 'Reports' }).waitFor();
  await page.keyboard.press('?');
  await page.getByRole('dialog').waitFor();
  await page.getByLabel('shortcuts').uncheck();
  await page.keyboard.press('Escape');
  await page.locator('main').focus();
  await page.keyboard.press('[');
  await page.waitForTimeout(200);
  assert.equal(at().searchParams.get('effective'), '2025-12-31');
  await page.getByRole('button', { name: 'All keys' }).click();
  await page.getByLabel('shortcuts').check();
  await page.getByRole('button', { name: 'Close' }).click();
});

test('newer events are told, and move no figure', { skip }, async () => {
  await page.route('**/seq?*', (route) => (route.request().url().includes('after=305') ? route.fulfill({ json: { seq: 313 } }) : route.fulfill({ status: 204 })));
  await go(`/aging?${cut}`);
  await page.getByRole('button', { name: '8 newer events' }).waitFor();
  assert.equal(await balance(), '283,025.34');
  assert.equal(at().searchParams.get('known'), '305');
  await page.unroute('**/seq?*');
});

test('what fails says why and is tried again; what is empty says what to change; no connection is a bar', { skip }, async () => {
  const problem = { type: 'urn:duebook:problem:busy', title: 'The server is busy', status: 503, detail: 'too many questions at once', code: 'busy', request: 'a1b2' };
  await page.route('**/reports/open-items?*', (route) => route.fulfill({ status: 503, contentType: 'application/problem+json', body: JSON.stringify(problem) }));
  await go(`/report/open-items?${cut}`);
  await page.getByText('too many questions at once').waitFor();
  await page.getByText('request a1b2').waitFor();
  await page.unroute('**/reports/open-items?*');
  await page.getByRole('button', { name: 'Try again' }).click();
  await rowsOf('Open items').waitFor();

  await page.route('**/api/**', (route) => route.abort());
  await page.locator('main').focus();
  await page.keyboard.press('[');
  await page.getByText('No connection to the server').first().waitFor();
  await rowsOf('Open items').waitFor(); // the old figures stay
  await page.unroute('**/api/**');
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.locator('.offline').waitFor({ state: 'detached' });

  await go('/aging?effective=2024-01-02&known=9');
  await page.getByText('Nothing is owed in CNY at this cut').waitFor();
  await page.getByRole('button', { name: 'Go to the newest' }).click();
  await rowsOf('Aging').waitFor();
  assert.equal(at().searchParams.get('known'), '305');
});

test('Chinese is spoken throughout, and remembered', { skip }, async () => {
  await go(`/aging?${cut}`);
  await settled();
  await page.getByRole('button', { name: '中文' }).click();
  await page.getByRole('heading', { name: '账龄分析表' }).waitFor();
  await settled();
  assert.match(await rowsOf('账龄分析表').innerText(), /客户[\s\S]*未到期[\s\S]*31-60天[\s\S]*366天以上[\s\S]*合计/);
  await go(`/document/invoice:INV-25-029?${cut}`);
  await settled();
  assert.match(await rowsOf('审计轨迹').innerText(), /开票[\s\S]*提出争议/);
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'zh-CN');
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('heading', { name: 'Trail' }).waitFor();
});

const pages = [`/aging?${cut}`, `/aging?${cut}&bucket=61-90`, `/customer/${encodeURIComponent('天府食品')}?${cut}`, `/document/invoice:INV-25-029?${cut}`, `/event/300?${cut}`, `/reports?${cut}`, `/report/open-items?${cut}`];

for (const [locale, colorScheme, width, rules] of [['en-GB', 'light', 1280, undefined], ['zh-CN', 'dark', 1280, ['color-contrast', 'html-has-lang', 'label']], ['zh-CN', 'light', 320, ['target-size', 'scrollable-region-focusable', 'label']]]) {
  test(`nothing stands in anybody's way: ${locale}, ${colorScheme}, ${width} wide`, { skip }, async () => {
    const { tab, close } = await another({ locale, colorScheme, viewport: { width, height: 800 }, reducedMotion: 'reduce' });
    for (const [i, path] of pages.entries()) {
      if (colorScheme === 'dark' && i % 3 > 0) continue; // the rest has the same colours
      await go(path, tab);
      await settled(tab);
      assert.ok(await tab.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${path} scrolls sideways`);
      if (rules && i % 3 > 0) continue;
      await tab.evaluate(axe);
      const { violations } = await tab.evaluate((only) => globalThis.axe.run({ resultTypes: ['violations'], ...(only && { runOnly: { type: 'rule', values: only } }) }), rules);
      assert.deepEqual(violations.map(({ id, nodes }) => [path, id, nodes.slice(0, 3).map(({ html, failureSummary }) => `${html.slice(0, 160)} ${failureSummary}`)]), []);
    }
    await close();
  });
}

test('paper has the cut, and every row', { skip }, async () => {
  await go(`/customer/${encodeURIComponent('天府食品')}?${cut}&view=trail`);
  await settled();
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  assert.match(await page.locator('.paper-cut').innerText(), /Qiantang Trading · at 2025-12-31, known up to event 305/);
  assert.equal(await page.getByRole('table').last().locator('tbody tr').count(), 41);
  assert.equal(await page.getByRole('slider').count(), 0);
  assert.ok((await page.pdf()).length > 60_000);
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  await page.emulateMedia({ media: null });
});

test('signing out leads to the code again', { skip }, async () => {
  await go(`/aging?${cut}`);
  await settled();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByLabel('One-time code').waitFor();
  await page.reload();
  await page.getByLabel('One-time code').waitFor();
});

test('no browser complained', { skip }, () => assert.deepEqual(wrong, []));
