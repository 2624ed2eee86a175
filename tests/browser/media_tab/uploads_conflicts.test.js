// Uploads of the Media tab whose names are taken.

import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { Browser } from '../browser.js';
import { HostProcess } from '../host_process.js';
import { MediaTab } from './media_tab.js';
import { madeFile, UploadQueue } from './upload_queue.js';

const kOld = 'what was there';

describe('an upload whose name is taken', () => {
  let browser, host, tab, queue, sent, uploads;
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
    const folder = `customer ${++customers}`;
    sent = `${folder}/Sent Media`;
    for (const name of ['a.bin', 'b.bin', 'c.bin']) await host.store(`${sent}/${name}`, kOld);
    tab = await MediaTab.open(browser, host, { folder });
    queue = new UploadQueue(tab);
    uploads = [];
    tab.page.on('request', (request) => {
      if (request.url().includes('/uploads')) uploads.push(request.method());
    });
    await tab.page.getByText('c.bin').first().waitFor();
  });
  afterEach(() => tab.close());

  const dialog = () => tab.page.getByRole('alertdialog');
  const answer = (choice) => dialog().getByRole('button', { name: choice, exact: true }).click();
  const storedNames = async () =>
    (await host.storedNames()).filter((name) => name.startsWith(sent)).map((name) => name.slice(sent.length + 1));
  const oldOf = async (name) => String(await host.stored(`${sent}/${name}`));

  it('is asked about before anything is sent, where the listing shows the name', async () => {
    await queue.pick([madeFile('a.bin')]);
    await dialog().getByRole('heading', { name: 'a.bin is there already' }).waitFor();
    await dialog().getByText('There is a file a.bin in Sent Media').waitFor();
    assert.deepEqual(uploads, []);

    await answer('Skip');
    await dialog().waitFor({ state: 'detached' });
    assert.deepEqual(uploads, []);
    assert.equal(await oldOf('a.bin'), kOld);
  });

  it('keeps both', async () => {
    const file = madeFile('a.bin');
    await queue.pick([file]);
    await answer('Keep both');
    await queue.waitUntilUploaded('a (2).bin');

    assert.equal(await oldOf('a.bin'), kOld);
    await queue.assertStored(host, `${sent}/a (2).bin`, file);
  });

  it('replaces what is there', async () => {
    const file = madeFile('a.bin');
    await queue.pick([file]);
    await answer('Replace');
    await queue.waitUntilUploaded('a.bin');

    await queue.assertStored(host, `${sent}/a.bin`, file);
    assert.deepEqual(await storedNames(), ['a.bin', 'b.bin', 'c.bin']);
  });

  it('is skipped with Escape, and the focus comes back', async () => {
    await queue.pick([madeFile('a.bin')]);
    await dialog().waitFor();
    await tab.page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });

    assert.deepEqual(uploads, []);
    assert.equal(await tab.page.evaluate(() => document.activeElement.textContent), 'Upload files');
  });

  it('is asked about one by one', async () => {
    const files = ['a.bin', 'b.bin', 'c.bin'].map((name) => madeFile(name));
    await queue.pick(files);
    await dialog().getByText('Do the same for 2 more files').waitFor();
    await answer('Replace');
    await dialog().getByText('Do the same for one more file').waitFor();
    await answer('Skip');
    await dialog().getByRole('heading', { name: 'c.bin is there already' }).waitFor();
    await answer('Keep both');
    await queue.waitUntilUploaded('a.bin', 'c (2).bin');

    await queue.assertStored(host, `${sent}/a.bin`, files[0]);
    assert.equal(await oldOf('b.bin'), kOld);
    assert.equal(await oldOf('c.bin'), kOld);
  });

  it('is settled for all of those that were picked together', async () => {
    const files = ['a.bin', 'b.bin', 'c.bin', 'd.bin'].map((name) => madeFile(name));
    await queue.pick(files);
    await dialog().getByText('Do the same for 2 more files').click();
    await answer('Replace');
    await queue.waitUntilUploaded('a.bin', 'b.bin', 'c.bin', 'd.bin');
    for (const file of files) await queue.assertStored(host, `${sent}/${file.name}`, file);

    // Others are asked about anew.
    await queue.pick([madeFile('a.bin', 10)]);
    await dialog().waitFor();
    await answer('Skip');
  });

  it('is asked about when the host says so, and what was sent is dropped', async () => {
    tab.watch.allow(/^409: (POST|PATCH) .*uploads/);
    // The page does not hear of these.
    await tab.page.route('**/browse?**', (route) => route.abort());
    tab.watch.allow(/^failed: GET .*browse/);
    await host.store(`${sent}/early.bin`, kOld);
    const [early, late] = [madeFile('early.bin'), madeFile('late.bin', 300_000)];
    await queue.pick([early]);
    await answer('Keep both');
    await queue.waitUntilUploaded('early (2).bin');

    await tab.limitUpload(100_000);
    await queue.pick([late]);
    await queue.waitUntilUnderWay('late.bin');
    await host.store(`${sent}/late.bin`, kOld);
    await tab.limitUpload(0);
    await dialog().getByRole('heading', { name: 'late.bin is there already' }).waitFor();
    await answer('Replace');
    await queue.waitUntilUploaded('late.bin');

    await queue.assertStored(host, `${sent}/early (2).bin`, early);
    await queue.assertStored(host, `${sent}/late.bin`, late);
    assert.deepEqual((await host.storedNames()).filter((name) => name.startsWith('.mediadock')), []);
  });
});
