// What the Media tab does while others work in the storage, and while nobody can.

import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { assertAccessible } from '../accessibility.js';
import { BreakableLine } from '../breakable_line.js';
import { Browser } from '../browser.js';
import { eventually } from '../eventually.js';
import { HostProcess } from '../host_process.js';
import { keepScreenshot } from '../screenshot.js';
import { ScriptedNextcloud } from '../scripted_nextcloud.js';
import { CustomerFiles } from './customer_files.js';
import { ItemList } from './item_list.js';
import { MediaTab } from './media_tab.js';
import { picture } from './pictures.js';

describe('the Media tab over a Nextcloud', () => {
  let browser, nextcloud, line, host, files, tab, list, page;
  before(async () => {
    browser = await Browser.start([], { locale: 'en-GB' });
    nextcloud = await ScriptedNextcloud.start();
    line = await BreakableLine.to(nextcloud.url);
    host = await HostProcess.start({ ...nextcloud.settings, 'storage.nextcloud.url': line.url });
  });
  after(async () => {
    await browser?.stop();
    await host?.stop();
    await line?.stop();
    await nextcloud?.stop();
  });
  let customers = 0;
  beforeEach(async () => {
    files = new CustomerFiles(host, `Πελάτης ${++customers}`, nextcloud);
    await files.add('Sent Media/a.png', picture(300, 200, 40), { tags: ['kept'] });
    await files.add('Received Media/b & c.png', picture(300, 200, 160));
    await files.put('Internal/new.txt', 'text');
    tab = await MediaTab.open(browser, host, { folder: files.folder, hasClock: true });
    // Reading that a change, or a later reading, overtook.
    tab.watch.allow(/^failed: GET .*\/browse\?.*ERR_ABORTED/);
    list = new ItemList(tab);
    page = tab.page;
    await list.waitForNames('a.png', 'b & c.png', 'new.txt');
  });
  afterEach(() => tab.close());

  it('shows, adopts, moves and deletes what is there', async () => {
    await list.item('a.png').click();
    const image = page.getByRole('dialog').getByRole('img', { name: 'a.png' });
    await eventually(() => image.evaluate((each) => each.naturalWidth === 300), 'the picture');
    await page.keyboard.press('Escape');
    await tab.button('Add to CRM: new.txt').click();
    await eventually(async () => (await list.state('new.txt')) === 'linked', 'the file to be linked');
    await list.act('new.txt', 'Move');
    await page.getByRole('dialog').getByText('Received Media').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Move' }).click();
    await eventually(() => nextcloud.stored(files.path('Received Media/new.txt')), 'the moved file');
    await list.act('b & c.png', 'Delete');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
    await list.waitForNames('a.png', 'new.txt');

    await eventually(async () => !(await nextcloud.stored(files.path('Received Media/b & c.png'))), 'the file to go');
    assert.deepEqual(await files.recordedNames(), ['Received Media/new.txt', 'Sent Media/a.png']);
  });

  it('shows within 30 seconds what others put there, and asks for nothing twice', async () => {
    const answers = [];
    page.on('response', (response) => {
      if (response.url().includes('/browse')) answers.push(response.status());
    });
    await tab.passHalfAMinute();
    await eventually(() => answers.length > 0, 'the tab to ask again');
    assert.deepEqual(answers, [304]);
    await files.put('Received Media/by others.png', picture(90, 60, 300));
    await tab.passHalfAMinute();
    await list.item('by others.png').waitFor({ timeout: 10_000 });

    assert.equal(answers.at(-1), 200);
  });

  it('keeps showing what is known while the storage is away, and recovers by itself', async () => {
    tab.watch.allow(/^50[234]: (GET|HEAD)/, /ERR_ABORTED/);
    line.cut();
    await tab.passHalfAMinute();
    await page.getByText('The storage cannot be reached right now.').waitFor();
    assert.deepEqual(await list.names(), ['a.png', 'b & c.png', 'new.txt']);
    assert.equal(await tab.button('Add to CRM: new.txt').count(), 0);
    await page.reload();
    await page.getByText('The storage cannot be reached right now.').waitFor();
    await list.waitForNames('a.png', 'b & c.png');
    assert.equal(await list.state('a.png'), 'unreachable');
    await assertAccessible(page, 'storage away');
    await keepScreenshot(page, 'storage_away');
    await list.item('a.png').click();
    assert.match(await page.getByRole('dialog').locator('dl').innerText(), /kept/);
    await page.keyboard.press('Escape');
    line.mend();
    await list.waitForNames('a.png', 'b & c.png', 'new.txt');
    await page.getByText('The storage cannot be reached right now.').waitFor({ state: 'detached' });

    assert.equal(await list.state('a.png'), 'linked');
  });

  it('tells apart that nothing answers at all, and shows all once it does', async () => {
    tab.watch.allow(/^failed: (GET|HEAD)/, /ERR_/);
    await tab.loseNetwork();
    await tab.passHalfAMinute();
    await page.getByText('There is no connection to the server.').waitFor();
    assert.deepEqual(await list.names(), ['a.png', 'b & c.png', 'new.txt']);
    await tab.limitUpload(0);
    await page.getByText('There is no connection to the server.').waitFor({ state: 'detached' });
  });

  it('says so where neither storage nor records answer, and tries again', async () => {
    tab.watch.allow(/^503: GET/);
    const answer = { status: 503, contentType: 'application/problem+json', body: '{"detail":"away"}' };
    await page.route('**/api/crm/**', (route) => route.fulfill(answer));
    await page.reload();
    await page.getByRole('heading', { name: 'Media cannot be shown right now' }).waitFor();
    await assertAccessible(page, 'no answer');
    await keepScreenshot(page, 'no_answer');
    await page.unroute('**/api/crm/**');
    await tab.button('Try again').click();

    await list.waitForNames('a.png', 'b & c.png', 'new.txt');
  });
});
