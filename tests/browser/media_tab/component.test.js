// The tab as a component, and the client, in a console of another origin.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Browser } from '../browser.js';
import { eventually } from '../eventually.js';
import { HostProcess } from '../host_process.js';
import { PageWatch } from '../page_watch.js';
import { CustomerFiles } from './customer_files.js';
import { ItemList } from './item_list.js';
import { MediaTab } from './media_tab.js';
import { OtherConsole } from './other_console.js';
import { PathProxy } from '../path_proxy.js';
import { picture } from './pictures.js';
import { madeFile, UploadQueue } from './upload_queue.js';

describe('a console of another origin', () => {
  let browser, host, other, files, tab, list;
  before(async () => {
    browser = await Browser.start([], { locale: 'en-GB' });
    other = await OtherConsole.start();
    host = await HostProcess.start({ 'http.cors.allowed_origins': other.url });
    files = new CustomerFiles(host, '05_Customers/ACME #1');
    await files.add('Sent Media/a.png', picture(300, 200));
    tab = new MediaTab();
    tab.page = await browser.context.newPage();
    tab.watch = new PageWatch(tab.page);
    list = new ItemList(tab);
    await tab.page.goto(`${other.url}/?${new URLSearchParams({ apiBase: host.url, folder: files.folder })}`);
    await list.waitForNames('a.png');
  });
  after(async () => {
    await browser?.stop();
    await host?.stop();
    await other?.stop();
  });

  it('shows the tab with its pictures, and takes uploads', async () => {
    const thumbnail = list.item('a.png').locator('.mt-thumbnail img');
    await eventually(() => thumbnail.evaluate((each) => each.naturalWidth > 0), 'the thumbnail');
    const file = madeFile('b.bin');
    const queue = new UploadQueue(tab);
    await queue.pick([file]);
    await queue.waitUntilUploaded(file.name);
    await list.waitForNames('a.png', 'b.bin');

    await queue.assertStored(host, files.path('Sent Media/b.bin'), file);
    tab.watch.assertSilent();
  });

  it('uses the client by itself, which reads nothing twice', async () => {
    const [names, isSame, status] = await tab.page.evaluate(async (folder) => {
      const page = await window.media.browse(folder);
      const later = await window.media.browse(folder, { known: page });
      const error = await window.media.browse('nowhere').catch((each) => each);
      return [page.items.map(({ path }) => path), later.items === page.items, error.status];
    }, files.folder);

    assert.ok(names.includes(files.path('Sent Media/a.png')));
    assert.equal(isSame, true);
    assert.equal(status, 404);
  });
});

describe('the page below a path of a reverse proxy', () => {
  let browser, host, proxy, files, tab, list;
  before(async () => {
    browser = await Browser.start([], { locale: 'en-GB' });
    host = await HostProcess.start({ 'http.public_path': '/media' });
    proxy = await PathProxy.start('/media', host.url);
    files = new CustomerFiles(host, 'acme');
    await files.add('Sent Media/a.png', picture(300, 200));
    tab = await MediaTab.open(browser, { url: proxy.url });
    list = new ItemList(tab);
  });
  after(async () => {
    await tab?.close();
    await browser?.stop();
    await proxy?.stop();
    await host?.stop();
  });

  it('shows its pictures, takes uploads, and asks for nothing outside', async () => {
    await list.waitForNames('a.png');
    const thumbnail = list.item('a.png').locator('.mt-thumbnail img');
    await eventually(() => thumbnail.evaluate((each) => each.naturalWidth > 0), 'the thumbnail');
    const file = madeFile('b.bin');
    const queue = new UploadQueue(tab);
    await queue.pick([file]);
    await queue.waitUntilUploaded(file.name);

    await queue.assertStored(host, files.path('Sent Media/b.bin'), file);
    assert.deepEqual(proxy.outside, []);
  });
});
