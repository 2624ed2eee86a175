// Ten thousand files: little of them is in the document, and the end can be reached.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Browser } from '../browser.js';
import { eventually } from '../eventually.js';
import { HostProcess } from '../host_process.js';
import { CustomerFiles } from './customer_files.js';
import { ItemList } from './item_list.js';
import { MediaTab } from './media_tab.js';

const kFiles = 10_000;
const kInDocument = 150;
// Milliseconds that half of the frames stay below while the wheel turns, on a machine that does much else.
const kFrame = 120;

const nameOf = (number) => `${String(number).padStart(5, '0')}.txt`;

describe('a Media tab with ten thousand files', () => {
  let browser, host, tab, list, page;
  before(async () => {
    browser = await Browser.start([], { locale: 'en-GB' });
    host = await HostProcess.start();
    const files = new CustomerFiles(host, 'crowd');
    for (let number = 0; number < kFiles; ++number) await files.put(`Sent Media/${nameOf(number)}`, 'x');
    tab = await MediaTab.open(browser, host, { folder: files.folder });
    // Of the page that is left to load it once more.
    tab.watch.allow(/^failed: GET .*ERR_ABORTED/);
    list = new ItemList(tab);
    page = tab.page;
    await page.getByText(/^10,000 files, /).waitFor();
  });
  after(async () => {
    await tab?.close();
    await browser?.stop();
    await host?.stop();
  });

  const rendered = () => page.locator('.mt-item').count();

  it('shows the first page before the last has come', async () => {
    await page.reload();
    await list.item(nameOf(0)).waitFor();
    await page.getByText(/^10,000 files, /).waitFor();
  });

  for (const view of ['Grid', 'List']) {
    it(`scrolls to its end in the ${view.toLowerCase()}, with few rows in the document`, async () => {
      await page.getByRole('radio', { name: view, exact: true }).click();
      await page.evaluate(() => scrollTo(0, 0));
      await list.item(nameOf(0)).waitFor();
      await page.evaluate(() => {
        window.frameTimes = [];
        let last = performance.now();
        const note = (now) => {
          window.frameTimes.push(now - last);
          last = now;
          window.nextFrame = requestAnimationFrame(note);
        };
        window.nextFrame = requestAnimationFrame(note);
      });
      let most = 0;
      for (let step = 0; step < 40; ++step) {
        await page.mouse.move(600, 600);
        await page.mouse.wheel(0, 900);
        most = Math.max(most, await rendered());
      }
      const frames = await page.evaluate(() => {
        cancelAnimationFrame(window.nextFrame);
        return window.frameTimes.sort((a, b) => a - b);
      });
      const usual = frames[Math.floor(frames.length / 2)];
      await eventually(async () => {
        await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
        return (await list.item(nameOf(kFiles - 1)).count()) === 1;
      }, 'the last file');
      most = Math.max(most, await rendered());

      assert.ok(most > 4 && most < kInDocument, `${most} in the document`);
      assert.ok(usual < kFrame, `a frame took ${usual} ms`);
    });
  }

  it('tells assistive technology how many there are', async () => {
    assert.equal(await page.getByRole('grid').getAttribute('aria-rowcount'), String(kFiles));
  });

  it('goes to the last with the keyboard', async () => {
    await page.evaluate(() => scrollTo(0, 0));
    await list.item(nameOf(0)).focus();
    await page.keyboard.press('End');
    await eventually(async () => (await list.focused()).endsWith(nameOf(kFiles - 1)), 'the focus on the last');
    const box = await list.item(nameOf(kFiles - 1)).boundingBox();

    assert.ok(box.y >= 0 && box.y + box.height <= page.viewportSize().height + 1, JSON.stringify(box));
  });

  it('searches among all of them', async () => {
    await list.search('0998');
    await page.getByText('11 files shown').waitFor({ state: 'attached' });
    await list.search('');
  });
});
