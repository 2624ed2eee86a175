// Uploads of the Media tab: the ways in, where they lead, and what is known before.

import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { Browser } from '../browser.js';
import { eventually } from '../eventually.js';
import { HostProcess } from '../host_process.js';
import { MediaTab } from './media_tab.js';
import { madeFile, UploadQueue } from './upload_queue.js';

describe('an upload', () => {
  let browser, host, folder, tab, queue;
  let customers = 0;
  before(async () => {
    browser = await Browser.start([], { permissions: ['clipboard-read', 'clipboard-write'] });
    host = await HostProcess.start();
    folder = await mkdtemp(join(tmpdir(), 'mediadock-picked-'));
  });
  after(async () => {
    await browser?.stop();
    await host?.stop();
    if (folder) await rm(folder, { recursive: true });
  });
  beforeEach(async () => {
    tab = await MediaTab.open(browser, host, { folder: `customer ${++customers}` });
    queue = new UploadQueue(tab);
  });
  afterEach(() => tab.close());

  const recordOf = async (name) =>
    (await host.records(tab.folder)).find(({ filename }) => filename === name);

  it('begins with a button that opens the file chooser', async () => {
    const file = madeFile('by button.bin', 100_000);
    await queue.pick([file]);
    await queue.waitUntilUploaded(file.name);

    await queue.assertStored(host, `${tab.folder}/Sent Media/by button.bin`, file);
  });

  it('takes several files, names of all kinds and an empty file', async () => {
    const files = [
      madeFile('one.bin'),
      madeFile('zwei + drei % #4 & ? é 日本 emoji 😀 ".bin'),
      madeFile('empty.bin', 0),
    ];
    await queue.pick(files);
    await queue.waitUntilUploaded(...files.map(({ name }) => name));

    for (const file of files) await queue.assertStored(host, `${tab.folder}/Sent Media/${file.name}`, file);
  });

  it('sends three at once', async () => {
    const files = [1, 2, 3, 4, 5].map((number) => madeFile(`${number}.bin`, 200_000));
    await tab.limitUpload(200_000);
    await queue.pick(files);
    for (const name of ['1.bin', '2.bin', '3.bin']) await queue.waitUntilUnderWay(name);
    const waiting = await tab.page.locator('[data-phase=waiting]').count();
    await tab.limitUpload(0);
    await queue.waitUntilUploaded(...files.map(({ name }) => name));

    assert.equal(waiting, 2);
  });

  it('takes a folder with its subfolders', async () => {
    await mkdir(join(folder, 'trip', 'day 1'), { recursive: true });
    await writeFile(join(folder, 'trip', 'map.bin'), 'map');
    await writeFile(join(folder, 'trip', 'day 1', 'photo.bin'), 'photo');
    await queue.pick(join(folder, 'trip'), 'Upload a folder');
    await queue.waitUntilUploaded('map.bin', 'photo.bin');

    const sent = `${tab.folder}/Sent Media/trip`;
    assert.equal(String(await host.stored(`${sent}/map.bin`)), 'map');
    assert.equal(String(await host.stored(`${sent}/day 1/photo.bin`)), 'photo');
    assert.equal((await recordOf('photo.bin')).direction, 'sent');
  });

  it('goes to the folder that is selected, which is its direction', async () => {
    const selected = await tab.page.getByLabel('Upload to').inputValue();
    await queue.pick([madeFile('to a customer.bin')]);
    await queue.chooseFolder('Received Media');
    await queue.pick([madeFile('from a customer.bin')]);
    await queue.chooseFolder('Internal');
    await queue.pick([madeFile('for us.bin')]);
    await queue.waitUntilUploaded('to a customer.bin', 'from a customer.bin', 'for us.bin');

    assert.equal(selected, `${tab.folder}/Sent Media`);
    for (const [name, direction, place] of [
      ['to a customer.bin', 'sent', 'Sent Media'],
      ['from a customer.bin', 'received', 'Received Media'],
      ['for us.bin', 'internal', 'Internal'],
    ]) {
      const record = await recordOf(name);
      assert.equal(record.direction, direction);
      assert.equal(record.customer_id, 'acme');
      assert.equal(record.nextcloud_path, `${tab.folder}/${place}/${name}`);
    }
  });

  it('takes files and folders that are dropped anywhere on the tab, and shows that it does', async () => {
    await mkdir(join(folder, 'dropped'), { recursive: true });
    await writeFile(join(folder, 'dropped', 'inside.bin'), 'inside');
    await writeFile(join(folder, 'loose.bin'), 'loose');
    const paths = [join(folder, 'dropped'), join(folder, 'loose.bin')];
    const { x, y, width, height } = await tab.page.locator('.mt-drop').boundingBox();
    const point = { x: x + width - 5, y: y + height - 5 };
    const target = tab.page.getByText('Drop to upload to Sent Media');
    assert.equal(await target.count(), 0);
    await tab.drag('dragEnter', paths, point);
    await tab.drag('dragOver', paths, point);
    await target.waitFor();
    await tab.drag('drop', paths, point);
    await queue.waitUntilUploaded('inside.bin', 'loose.bin');

    assert.equal(await target.count(), 0);
    assert.equal(String(await host.stored(`${tab.folder}/Sent Media/loose.bin`)), 'loose');
    assert.equal(String(await host.stored(`${tab.folder}/Sent Media/dropped/inside.bin`)), 'inside');
  });

  it('takes what is pasted', async () => {
    await tab.page.evaluate(async () => {
      const canvas = Object.assign(document.createElement('canvas'), { width: 8, height: 8 });
      const picture = await new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
      await navigator.clipboard.write([new ClipboardItem({ 'image/png': picture })]);
    });
    await tab.page.keyboard.press('Control+V');
    await eventually(async () => (await host.records(tab.folder)).length === 1, 'the pasted picture');

    const [record] = await host.records(tab.folder);
    assert.match(record.filename, /^image \d{4}-\d\d-\d\d .*\.png$/);
    assert.equal(record.mime_type, 'image/png');
  });

  it('works by the keyboard alone', async () => {
    const { keyboard } = tab.page;
    const focused = () => tab.page.evaluate(() => document.activeElement.textContent);
    const goTo = async (text) => {
      for (let steps = 0; (await focused()) !== text; ++steps) {
        assert.ok(steps < 100, `${text} is reached with Tab`);
        await keyboard.press('Tab');
      }
    };
    await tab.page.getByLabel('Upload to').focus();
    await keyboard.press('ArrowDown');
    await goTo('Upload files');
    const [chooser] = await Promise.all([
      tab.page.waitForEvent('filechooser'),
      keyboard.press('Enter'),
    ]);
    await chooser.setFiles([madeFile('typed.bin')]);
    await queue.waitUntilUploaded('typed.bin');
    await goTo('Clear uploaded');
    await keyboard.press('Enter');
    await queue.row('typed.bin').waitFor({ state: 'detached' });

    assert.equal((await recordOf('typed.bin')).direction, 'received');
    // Nothing is lost with the panel that had the focus.
    assert.equal(await focused(), 'Upload files');
  });

  it('lets a phone offer its camera', async () => {
    for (const input of await tab.page.locator('input[type=file]').all()) {
      assert.equal(await input.getAttribute('accept'), null);
      assert.equal(await input.getAttribute('capture'), null);
      assert.equal(await input.getAttribute('multiple'), '');
    }
  });
});
