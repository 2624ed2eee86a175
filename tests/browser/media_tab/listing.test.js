// What the Media tab lists: everything of a customer once, in its state, and found again.

import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { assertAccessible } from '../accessibility.js';
import { Browser } from '../browser.js';
import { eventually } from '../eventually.js';
import { HostProcess } from '../host_process.js';
import { CustomerFiles } from './customer_files.js';
import { ItemList } from './item_list.js';
import { MediaTab } from './media_tab.js';
import { picture } from './pictures.js';
import { madeFile, UploadQueue } from './upload_queue.js';

describe('the Media tab', () => {
  let browser, host, files, tab, list;
  let customers = 0;
  before(async () => {
    browser = await Browser.start([], { locale: 'en-GB' });
    host = await HostProcess.start();
  });
  after(async () => {
    await browser?.stop();
    await host?.stop();
  });
  beforeEach(() => {
    files = new CustomerFiles(host, `05_Customers/Αιγαίο & Söhne #${++customers}`);
  });
  afterEach(async () => {
    await tab?.close();
    tab = undefined;
  });

  async function open(parameters = {}) {
    tab = await MediaTab.open(browser, host, { folder: files.folder, ...parameters });
    list = new ItemList(tab);
  }

  it('lists files of all folders and records, each once, in one answer', async () => {
    await files.add('Sent Media/a.png', picture(40, 30));
    await files.add('Received Media/b + 50% #1.txt', 'text');
    await files.add('Internal/ελληνικά.txt', 'text');
    await files.put('beside.txt', 'text');
    await files.put('Sent Media/trip/deep.txt', 'text');
    await files.lose('Internal/gone.txt');
    const browsed = [];
    browser.context.on('request', (request) => {
      if (request.url().includes('/browse')) browsed.push(request.url());
    });
    await open();
    await list.waitForNames('a.png', 'b + 50% #1.txt', 'beside.txt', 'deep.txt', 'gone.txt', 'ελληνικά.txt');

    assert.equal(browsed.length, 1);
    assert.match(browsed[0], /include=media/);
  });

  it('says of each file whether it is linked, not yet recorded or missing', async () => {
    await files.add('Sent Media/linked.txt', 'text');
    await files.put('Sent Media/new.txt', 'text');
    await files.lose('Sent Media/old.txt');
    await open();
    await list.waitForNames('linked.txt', 'new.txt', 'old.txt');

    assert.equal(await list.state('linked.txt'), 'linked');
    assert.equal(await list.state('new.txt'), 'unrecorded');
    assert.equal(await list.state('old.txt'), 'missing');
    assert.equal(await list.item('old.txt').getByText('File gone').isVisible(), true);
  });

  it('says how many there are beside that cannot be shown', async () => {
    await files.add('Sent Media/a.txt', 'text');
    await files.put('Sent Media/tab\tin the name.txt', 'text');
    await open();
    await list.waitForNames('a.txt');

    assert.equal(await tab.page.getByText('1 more cannot be shown.').isVisible(), true);
  });

  it('adopts a file with one click', async () => {
    await files.put('Received Media/new.txt', 'text');
    await open();
    await tab.button('Add to CRM: new.txt').click();
    await eventually(async () => (await list.state('new.txt')) === 'linked', 'the file to be linked');

    const [record] = await host.records(files.folder);
    assert.equal(record.customer_id, 'acme');
    assert.equal(record.direction, 'received');
  });

  it('drops a record with one click', async () => {
    await files.add('Internal/kept.txt', 'text');
    await files.lose('Internal/old.txt');
    await open();
    await tab.button('Remove entry: old.txt').click();
    await list.waitForNames('kept.txt');

    await eventually(async () => (await files.recordedNames()).length === 1, 'the record to go');
    assert.deepEqual(await files.recordedNames(), ['Internal/kept.txt']);
  });

  it('mends all at once', async () => {
    for (const name of ['1.txt', '2.txt', '3.txt', '4.txt']) await files.put(`Sent Media/${name}`, name);
    await files.lose('Sent Media/5.txt');
    await open();
    await tab.button('Add all 4 to CRM').click();
    await tab.button('Remove the entry').click();
    await list.waitForNames('1.txt', '2.txt', '3.txt', '4.txt');
    await eventually(async () => (await files.recordedNames()).length === 4, 'all to have records');

    assert.equal(await tab.page.locator('[data-kind=repair]').count(), 0);
  });

  it('filters by folder and type, and searches without regard to case and accents', async () => {
    await files.add('Sent Media/Αιγαίο.txt', 'text', { tags: ['harbour'] });
    await files.add('Sent Media/film.mp4', 'film');
    await files.add('Internal/note.txt', 'text');
    await open();
    await list.waitForNames('film.mp4', 'note.txt', 'Αιγαίο.txt');
    await list.folder('Sent Media').click();
    await list.waitForNames('film.mp4', 'Αιγαίο.txt');
    await list.choose(/Type/, 'Videos');
    await list.waitForNames('film.mp4');
    await list.choose(/Type/, 'All types');
    await list.search('αιγαιο');
    await list.waitForNames('Αιγαίο.txt');
    await list.search('HARBOUR');
    await list.waitForNames('Αιγαίο.txt');
    await list.search('nothing like that');
    await tab.button('Show all files').click();
    await list.waitForNames('film.mp4', 'note.txt', 'Αιγαίο.txt');

    const counts = await tab.page.locator('.mt-folder').allTextContents();
    assert.deepEqual(counts, ['All files3', 'Sent Media2', 'Received Media0', 'Internal1']);
  });

  it('sorts by name as people count, by time and by size', async () => {
    for (const [name, size] of [['10.txt', 3], ['9.txt', 300], ['1.txt', 30]]) {
      await files.put(`Sent Media/${name}`, 'x'.repeat(size));
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await open();
    await list.waitForNames('1.txt', '9.txt', '10.txt');
    await list.choose(/Sort by/, 'Largest first');
    await list.waitForNames('9.txt', '1.txt', '10.txt');
    await list.choose(/Sort by/, 'Oldest first');
    await list.waitForNames('10.txt', '9.txt', '1.txt');
  });

  it('remembers the view, and keeps what is shown in the address', async () => {
    await files.add('Sent Media/a.txt', 'text');
    await files.add('Internal/b.txt', 'text');
    await open();
    await list.folder('Internal').click();
    await tab.page.getByRole('radio', { name: 'List', exact: true }).click();
    await list.waitForNames('b.txt');
    const address = tab.page.url();
    await tab.page.goto('about:blank');
    await tab.page.goto(address);
    await list.waitForNames('b.txt');
    assert.equal(await list.folder('Internal').isChecked(), true);
    await tab.page.goto(tab.address);
    await list.waitForNames('a.txt', 'b.txt');

    assert.equal(await tab.page.locator('.mt-items').getAttribute('data-view'), 'list');
    await tab.page.getByRole('radio', { name: 'Grid', exact: true }).click();
  });

  it('shows what is known of a file, and saves its tags', async () => {
    await files.add('Sent Media/offer.txt', 'twelve bytes', { uploaded_by: 'Ελένη', tags: ['offer'] });
    await open();
    await list.act('offer.txt', 'Details');
    const dialog = tab.page.getByRole('dialog');
    const facts = await dialog.locator('dl').innerText();
    for (const fact of ['text/plain', '12 bytes', 'Ελένη', `${files.folder}/Sent Media`]) {
      assert.ok(facts.includes(fact), fact);
    }
    await dialog.getByLabel('Tags').fill('offer, print , ');
    await tab.button('Save tags').click();
    await eventually(
      async () => (await host.records(files.folder))[0].tags.join() === 'offer,print',
      'the tags to be saved',
    );
  });

  it('shows a customer without a folder as one without media, and what comes into it, with no request that fails', async () => {
    await open();
    const folder = `nobody ${customers}`;
    await tab.page.goto(`${host.url}/?${new URLSearchParams({ folder, customer: 'nobody' })}`);
    await tab.page.getByRole('heading', { name: 'No media yet' }).waitFor();
    assert.equal(await tab.button('Upload files').isEnabled(), true);
    const stored = new CustomerFiles(host, folder);
    await stored.put('Sent Media/by others.txt', 'text');
    await list.waitForNames('by others.txt');
    await new UploadQueue(tab).pick([madeFile('ours.bin')]);
    await list.waitForNames('by others.txt', 'ours.bin');

    assert.deepEqual(await stored.storedNames(), ['Sent Media/by others.txt', 'Sent Media/ours.bin']);
  });

  it('keeps a fault of its own to itself, and begins anew when asked', async () => {
    await files.put('Sent Media/a.txt', 'text');
    await browser.context.route('**/browse?**', (route) => route.fulfill({ json: [{ filename: null, path: null }] }));
    await open();
    tab.watch.allow(/^console: TypeError: /);
    await tab.page.getByRole('alert').getByRole('heading', { name: 'Media cannot be shown', exact: true }).waitFor();
    await assertAccessible(tab.page, 'broken');
    assert.equal(await tab.page.getByRole('heading', { level: 1 }).isVisible(), true);
    await browser.context.unroute('**/browse?**');
    await tab.button('Try again').click();

    await list.waitForNames('a.txt');
  });

  it('says that nothing can be changed where the storage takes nothing', async () => {
    await files.put('Sent Media/a.txt', 'text');
    await browser.context.route('**/limits', async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, json: { ...(await answer.json()), writable: false } });
    });
    await open();
    await list.waitForNames('a.txt');
    await tab.page.getByText('Read-only', { exact: true }).waitFor();
    await tab.button('Actions for a.txt').click();
    const offered = await tab.page.getByRole('menuitem').allTextContents();
    await browser.context.unroute('**/limits');

    assert.deepEqual(offered, ['Download', 'Details']);
    assert.equal(await tab.button('Add to CRM: a.txt').count(), 0);
  });
});
