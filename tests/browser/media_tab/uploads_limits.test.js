// What the host does not take is told before it is picked, and explained where it is picked all the same.

import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { assertAccessible } from '../accessibility.js';
import { Browser } from '../browser.js';
import { HostProcess } from '../host_process.js';
import { ScriptedNextcloud } from '../scripted_nextcloud.js';
import { MediaTab } from './media_tab.js';
import { madeFile, UploadQueue } from './upload_queue.js';

describe('limits of uploads', () => {
  let browser, host, tab, queue;
  before(async () => {
    browser = await Browser.start();
    host = await HostProcess.start({
      'http.max_upload_bytes': '2000',
      'uploads.denied_types': 'text/html,video/*',
    });
  });
  after(async () => {
    await browser?.stop();
    await host?.stop();
  });
  beforeEach(async () => {
    tab = await MediaTab.open(browser, host);
    queue = new UploadQueue(tab);
  });
  afterEach(() => tab.close());

  it('are told beside the button', async () => {
    const hint = tab.page.getByText('At most 2 kB a file. Not allowed: text/html and video/*.');
    await hint.waitFor();

    const described = await tab.button('Upload files').getAttribute('aria-describedby');
    assert.equal(described, await hint.getAttribute('id'));
  });

  it('turn files down by name and reason, and take the others', async () => {
    await tab.page.getByText('At most 2 kB a file.').waitFor();
    await queue.pick([
      madeFile('large.bin', 2001),
      madeFile('page.html', 10, 'text/html'),
      madeFile('film.mp4', 10, 'video/mp4'),
      madeFile('right.bin', 2000),
    ]);
    await queue.waitUntilUploaded('right.bin');

    const alert = tab.page.getByRole('alert');
    assert.deepEqual(await alert.getByRole('listitem').allTextContents(), [
      'large.bin: it is larger than 2 kB',
      'page.html: files of the type text/html are not allowed',
      'film.mp4: files of the type video/mp4 are not allowed',
    ]);
    assert.match(await alert.textContent(), /^3 files were not taken:/);
    assert.equal((await host.records('acme')).length, 1);
    await assertAccessible(tab.page, 'with files turned down');
    await tab.button('Close this message').click();
    await alert.waitFor({ state: 'detached' });
  });

  it('are those of the storage, too: characters and names that Nextcloud forbids', async () => {
    const nextcloud = await ScriptedNextcloud.start();
    const dock = await HostProcess.start(nextcloud.settings);
    const there = await MediaTab.open(browser, dock);
    const limits = await (await fetch(`${dock.url}/api/crm/storage/limits`)).json();
    const [character] = limits.forbidden_characters.replace('/', '');
    const ending = limits.forbidden_extensions[0];
    await there.page.getByText('Not in names:').waitFor();
    await new UploadQueue(there).pick([madeFile(`a${character}b.bin`), madeFile(`c${ending}`)]);
    const reasons = there.page.getByRole('alert').getByRole('listitem');
    await reasons.first().waitFor();
    const told = await reasons.allTextContents();
    await there.close();
    await dock.stop();
    await nextcloud.stop();

    assert.deepEqual(told, [
      `a${character}b.bin: its name has the character “${character}”, which the storage does not take`,
      `c${ending}: the storage takes no names that end in ${ending}`,
    ]);
  });
});
