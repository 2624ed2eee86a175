// The main path of an upload from the browser into a Nextcloud.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Browser } from '../browser.js';
import { HostProcess } from '../host_process.js';
import { ScriptedNextcloud } from '../scripted_nextcloud.js';
import { MediaTab } from './media_tab.js';
import { madeFile, UploadQueue } from './upload_queue.js';

describe('an upload to a Nextcloud', () => {
  let browser, nextcloud, host;
  before(async () => {
    browser = await Browser.start();
    nextcloud = await ScriptedNextcloud.start();
    host = await HostProcess.start(nextcloud.settings);
  });
  after(async () => {
    await browser?.stop();
    await host?.stop();
    await nextcloud?.stop();
  });

  it('arrives, large or small, is asked about where the name is taken, and is in the listing', async () => {
    const tab = await MediaTab.open(browser, host);
    const queue = new UploadQueue(tab);
    // Above `storage.nextcloud.chunk_bytes`, so in chunks.
    const [small, large] = [madeFile('small é.bin'), madeFile('large.bin', 25_000_000)];
    await queue.chooseFolder('Received Media');
    await queue.pick([small, large]);
    await queue.waitUntilUploaded(small.name, large.name);
    for (const file of [small, large]) {
      const stored = await nextcloud.stored(`acme/Received Media/${file.name}`);
      assert.ok(stored?.equals(file.buffer), file.name);
    }

    const again = madeFile(small.name, 20);
    await tab.page.locator('.mt-items').getByText(small.name).first().waitFor();
    await queue.pick([again]);
    await tab.page.getByRole('alertdialog').getByRole('button', { name: 'Replace' }).click();
    await tab.page.getByRole('alertdialog').waitFor({ state: 'detached' });
    await queue.waitFor(small.name, 'Uploaded · 20 bytes');
    const stored = await nextcloud.stored(`acme/Received Media/${small.name}`);
    assert.ok(stored.equals(again.buffer));
    const directions = (await host.records('acme')).map(({ direction }) => direction);
    assert.deepEqual(directions, ['received', 'received']);
    await tab.close();
  });
});
