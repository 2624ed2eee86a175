// Uploads of the Media tab under way: how far they are, and what ends or holds them.

import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { Browser } from '../browser.js';
import { eventually } from '../eventually.js';
import { HostProcess } from '../host_process.js';
import { MediaTab } from './media_tab.js';
import { madeFile, UploadQueue } from './upload_queue.js';

const kRate = 300_000;

describe('an upload under way', () => {
  let browser, host, tab, queue;
  let customers = 0;
  before(async () => {
    browser = await Browser.start();
    host = await HostProcess.start();
  });
  after(async () => {
    await browser?.stop();
    await host?.stop();
  });
  beforeEach(async () => {
    tab = await MediaTab.open(browser, host, { folder: `customer ${++customers}` });
    queue = new UploadQueue(tab);
    await tab.limitUpload(kRate);
  });
  afterEach(() => tab.close());

  const storedOfCustomer = async () =>
    (await host.storedNames()).filter((name) => name.startsWith(tab.folder));
  const unfinished = async () =>
    (await host.storedNames()).filter((name) => name.startsWith('.mediadock'));

  it('shows progress, speed and the time left, of each file and of all', async () => {
    await queue.pick([madeFile('a.bin', 900_000), madeFile('b.bin', 600_000)]);
    await queue.waitUntilUnderWay('a.bin');
    const [first, all] = [await queue.progress('Upload of a.bin'), await queue.progress('All uploads')];
    assert.equal(first.max, 900_000);
    assert.equal(all.max, 1_500_000);

    const facts = /^[\d.]+ (bytes|kB) of 900 kB · [\d.]+ kB\/s · \d+ sec left$/;
    await queue.state('a.bin').filter({ hasText: facts }).waitFor();
    const total = tab.page.locator('.mt-upload-total p');
    await total.filter({ hasText: /0 of 2 files · .* of 1.5 MB · .*\/s · .* left/ }).waitFor();
    await eventually(async () => (await queue.progress('Upload of a.bin')).now > first.now, 'a.bin to go on');
    await eventually(async () => (await queue.progress('All uploads')).now > all.now, 'all to go on');
    await tab.limitUpload(0);
    await queue.waitUntilUploaded('a.bin', 'b.bin');
    assert.equal(await tab.page.getByRole('progressbar').count(), 0);
  });

  it('is cancelled by itself, and leaves nothing at the storage', async () => {
    const kept = madeFile('kept.bin', 400_000);
    await queue.pick([madeFile('dropped.bin', 4_000_000), kept]);
    await queue.waitUntilUnderWay('dropped.bin');
    await eventually(async () => (await unfinished()).length > 0, 'bytes at the storage');
    await tab.button('Cancel dropped.bin').click();
    await queue.row('dropped.bin').waitFor({ state: 'detached' });
    await queue.waitUntilUploaded('kept.bin');

    await eventually(async () => (await unfinished()).length === 0, 'the storage to be clean');
    assert.deepEqual(await storedOfCustomer(), [`${tab.folder}/Sent Media/kept.bin`]);
    assert.equal((await host.records(tab.folder)).length, 1);
  });

  it('is cancelled with all others, and leaves nothing at the storage', async () => {
    const names = [1, 2, 3, 4, 5].map((number) => `${number}.bin`);
    await queue.pick(names.map((name) => madeFile(name, 2_000_000)));
    await queue.waitUntilUnderWay('1.bin');
    await eventually(async () => (await unfinished()).length > 0, 'bytes at the storage');
    await tab.button('Cancel all').click();
    for (const name of names) await queue.row(name).waitFor({ state: 'detached' });

    await eventually(async () => (await unfinished()).length === 0, 'the storage to be clean');
    assert.deepEqual(await storedOfCustomer(), []);
    assert.deepEqual(await host.records(tab.folder), []);
    // The focus was on a button that is gone.
    const focused = await tab.page.evaluate(() => document.activeElement.textContent);
    assert.equal(focused, 'Upload files');
  });

  it('pauses, and goes on where it was', async () => {
    const file = madeFile('paused.bin', 1_500_000);
    await queue.pick([file]);
    await queue.waitUntilUnderWay(file.name);
    await tab.button('Pause paused.bin').click();
    await queue.waitFor(file.name, 'Paused');
    const resumed = tab.page.waitForRequest(
      (request) => request.method() === 'PATCH' && Number(request.headers()['upload-offset']) > 0,
    );
    await tab.limitUpload(0);
    await tab.button('Resume paused.bin').click();
    await resumed;
    await queue.waitUntilUploaded(file.name);

    await queue.assertStored(host, `${tab.folder}/Sent Media/paused.bin`, file);
  });

  it('is told to those who do not see it: start, quarters, end, no faster than one can listen', async () => {
    await tab.page.evaluate(() => {
      window.said = [];
      const note = () => {
        for (const region of document.querySelectorAll('[role=status], [aria-live=polite]')) {
          const text = region.textContent;
          if (text && text !== window.said.at(-1)?.text) window.said.push({ text, at: performance.now() });
        }
      };
      const changes = { subtree: true, childList: true, characterData: true };
      new MutationObserver(note).observe(document.body, changes);
    });
    // Ten seconds.
    await queue.pick([madeFile('told.bin', 10 * kRate)]);
    await eventually(() => tab.page.evaluate(() => window.said.at(-1)?.text.includes('uploaded')), 'a word');
    await queue.waitUntilUploaded('told.bin');
    await eventually(
      () => tab.page.evaluate(() => window.said.at(-1).text === 'One file uploaded'),
      'the last word',
    );

    const said = await tab.page.evaluate(() => window.said);
    assert.deepEqual(said.map(({ text }) => text), [
      'Uploading one file',
      '25 % uploaded',
      '50 % uploaded',
      '75 % uploaded',
      'One file uploaded',
    ]);
    for (const [index, { at }] of said.entries()) {
      if (index > 0) assert.ok(at - said[index - 1].at > 1900, `${said[index].text} came too soon`);
    }
  });

  it('is what a page warns of that is left, and only then', async () => {
    // A browser asks only where somebody has touched the page.
    await tab.page.getByRole('heading', { level: 1 }).click();
    const asked = [];
    tab.page.on('dialog', (dialog) => {
      asked.push(dialog.type());
      void dialog.accept();
    });
    await tab.page.reload();
    assert.deepEqual(asked, []);

    await queue.pick([madeFile('lost.bin', 3_000_000)]);
    await queue.waitUntilUnderWay('lost.bin');
    await tab.page.reload();
    assert.deepEqual(asked, ['beforeunload']);

    await tab.limitUpload(0);
    await queue.pick([madeFile('arrives.bin')]);
    await queue.waitUntilUploaded('arrives.bin');
    await tab.page.reload();
    assert.deepEqual(asked, ['beforeunload']);
  });
});
