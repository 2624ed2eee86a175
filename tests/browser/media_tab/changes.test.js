// Deleting, moving and renaming, one and many, with a mouse and without.

import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { Browser } from '../browser.js';
import { eventually } from '../eventually.js';
import { HostProcess } from '../host_process.js';
import { CustomerFiles } from './customer_files.js';
import { ItemList } from './item_list.js';
import { MediaTab } from './media_tab.js';
import { picture } from './pictures.js';

const kNames = ['a.png', 'b & c.png', 'd.png', 'e.png', 'f.png'];

describe('a change in the Media tab', () => {
  let browser, host, files, tab, list, page;
  let customers = 0;
  before(async () => {
    browser = await Browser.start([], { locale: 'en-GB' });
    host = await HostProcess.start();
  });
  after(async () => {
    await browser?.stop();
    await host?.stop();
  });
  beforeEach(async () => {
    files = new CustomerFiles(host, `customer ${++customers}`);
    for (const [index, name] of kNames.entries()) {
      await files.add(`Sent Media/${name}`, picture(60, 40, index * 70));
    }
    tab = await MediaTab.open(browser, host, { folder: files.folder });
    // Reading that a change overtook.
    tab.watch.allow(/^failed: GET .*\/browse\?.*ERR_ABORTED/);
    list = new ItemList(tab);
    page = tab.page;
    await list.waitForNames(...kNames);
    // A thumbnail of what is deleted meanwhile would fail.
    await list.waitForPictures();
  });
  afterEach(() => tab.close());

  const question = () => page.getByRole('alertdialog').filter({ has: page.getByRole('button', { name: 'Cancel' }) });
  const untilStored = (names) =>
    eventually(async () => JSON.stringify(await files.storedNames()) === JSON.stringify(names), `${names} to be stored`);

  it('deletes a file once its name was confirmed, with its record', async () => {
    await list.act('b & c.png', 'Delete');
    assert.deepEqual(await question().getByRole('listitem').allTextContents(), ['b & c.png']);
    await question().getByRole('button', { name: 'Cancel' }).click();
    assert.equal((await files.storedNames()).length, 5);
    await list.act('b & c.png', 'Delete');
    await question().getByRole('button', { name: 'Delete' }).click();
    await list.waitForNames('a.png', 'd.png', 'e.png', 'f.png');
    await page.getByText('Deleted b & c.png').waitFor();
    await eventually(async () => (await list.focused()).endsWith('Sent Media/d.png'), 'the focus on the next');

    assert.equal((await files.storedNames()).length, 4);
    assert.equal((await files.recordedNames()).length, 4);
  });

  it('deletes several that were selected with Shift', async () => {
    await list.select('b & c.png');
    await list.item('e.png').click({ modifiers: ['Shift'] });
    await page.getByText('3 selected').waitFor();
    await page.getByRole('toolbar').getByRole('button', { name: 'Delete' }).click();
    assert.deepEqual(await question().getByRole('listitem').allTextContents(), ['b & c.png', 'd.png', 'e.png']);
    await question().getByRole('button', { name: 'Delete' }).click();
    await list.waitForNames('a.png', 'f.png');

    await untilStored(['Sent Media/a.png', 'Sent Media/f.png']);
    // The bar that was used is gone; what took the place of the first stands there.
    await eventually(async () => (await list.focused()).endsWith('Sent Media/f.png'), 'the focus on the next');
  });

  it('selects all that are shown', async () => {
    await list.item('a.png').focus();
    await page.keyboard.press('Control+a');
    await page.getByText('5 selected').waitFor();
    await page.keyboard.press('Escape');
    await page.getByText('5 selected').waitFor({ state: 'detached' });
  });

  it('moves files to another folder, which becomes their direction', async () => {
    await list.select('a.png');
    await list.item('b & c.png').click({ modifiers: ['Shift'] });
    await page.getByRole('toolbar').getByRole('button', { name: 'Move' }).click();
    await page.getByRole('dialog').getByText('Internal').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Move' }).click();
    await untilStored(['Internal/a.png', 'Internal/b & c.png', 'Sent Media/d.png', 'Sent Media/e.png', 'Sent Media/f.png']);
    await list.folder('Internal').click();
    await list.waitForNames('a.png', 'b & c.png');

    assert.equal(await list.state('a.png'), 'linked');
    assert.equal((await host.records(`${files.folder}/Internal`)).length, 2);
  });

  it('renames a file, and says before what does not do for a name', async () => {
    await list.act('d.png', 'Rename');
    const field = page.getByLabel('New name');
    await field.fill('a.png');
    await page.getByText('There is a file “a.png” in this folder already.').waitFor();
    await field.fill('x/y.png');
    await page.getByText('A name cannot have “/” in it.').waitFor();
    assert.equal(await page.getByRole('dialog').getByRole('button', { name: 'Rename' }).isEnabled(), false);
    await field.fill('δέλτα + 50% #1.png');
    await field.press('Enter');
    await list.waitForNames('a.png', 'b & c.png', 'e.png', 'f.png', 'δέλτα + 50% #1.png');

    await eventually(async () => (await files.storedNames()).includes('Sent Media/δέλτα + 50% #1.png'), 'the file');
    assert.equal(await list.state('δέλτα + 50% #1.png'), 'linked');
  });

  it('is taken back where the host refuses it, with the reason in words', async () => {
    await page.route(/\/file\?path=.*d\.png/, (route) =>
      route.request().method() === 'DELETE'
        ? route.fulfill({ status: 423, contentType: 'application/problem+json', body: '{"detail":"locked"}' })
        : route.continue(),
    );
    tab.watch.allow(/^423: DELETE/);
    await list.act('d.png', 'Delete');
    await question().getByRole('button', { name: 'Delete' }).click();
    const notice = page.getByRole('alertdialog').filter({ hasText: 'Could not delete d.png' });
    await notice.getByText('Somebody else is working on the file.').waitFor();
    await list.waitForNames(...kNames);

    assert.equal((await files.storedNames()).length, 5);
  });

  it('needs no mouse: select, delete, and the focus is on the next file', async () => {
    await list.folder('All files').focus();
    const untilFocused = async (name) => {
      for (let presses = 0; presses < 20; ++presses) {
        if ((await list.focused()).endsWith(name)) return;
        await page.keyboard.press('Tab');
      }
      assert.fail(`Tab does not lead to ${name}`);
    };
    await untilFocused('Sent Media/a.png');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Space');
    await page.keyboard.press('Shift+ArrowRight');
    await page.getByText('2 selected').waitFor();
    await page.keyboard.press('Delete');
    await question().waitFor();
    assert.equal(await list.focused(), 'BUTTON Cancel');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await list.waitForNames('a.png', 'e.png', 'f.png');

    await eventually(async () => (await list.focused()).endsWith('Sent Media/e.png'), 'the focus on the next');
  });

  it('gives the focus to the file before where the last one is deleted', async () => {
    await list.act('f.png', 'Delete');
    await question().getByRole('button', { name: 'Delete' }).click();
    await list.waitForNames('a.png', 'b & c.png', 'd.png', 'e.png');

    await eventually(async () => (await list.focused()).endsWith('Sent Media/e.png'), 'the focus on the one before');
  });

  it('gives the focus to the heading once nothing is left', async () => {
    await list.item('a.png').focus();
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Delete');
    await question().getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('heading', { name: 'No media yet' }).waitFor();

    await eventually(async () => (await list.focused()) === 'H2 Media', 'the focus on the heading');
  });

  it('gives the focus back to the button that asked, once menu or question is called off', async () => {
    await list.item('e.png').focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    assert.equal(await list.focused(), 'Actions for e.png');
    await page.keyboard.press('Enter');
    await page.locator('[role=menuitem]:focus').waitFor();
    await page.keyboard.press('Escape');
    await eventually(async () => (await list.focused()) === 'Actions for e.png', 'the focus on the button');
    await page.keyboard.press('Enter');
    await page.locator('[role=menuitem]:focus').waitFor();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await question().waitFor();
    await page.keyboard.press('Escape');

    await eventually(async () => (await list.focused()) === 'Actions for e.png', 'the focus on the button');
  });
});
