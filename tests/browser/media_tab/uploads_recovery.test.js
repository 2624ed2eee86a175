// Uploads of the Media tab in bad weather: what is tried again, by itself or by hand.

import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Browser } from '../browser.js';
import { eventually } from '../eventually.js';
import { FragileProxy } from '../fragile_proxy.js';
import { HostProcess } from '../host_process.js';
import { MediaTab } from './media_tab.js';
import { madeFile, UploadQueue } from './upload_queue.js';

describe('an upload in bad weather', () => {
  let browser, host, proxy, tab, queue;
  before(async () => {
    browser = await Browser.start();
  });
  after(() => browser?.stop());
  afterEach(async () => {
    await proxy?.stop();
    proxy = undefined;
    await host.stop();
    await tab.close();
  });

  async function open(settings, isThroughProxy = false) {
    host = await HostProcess.start(settings);
    if (isThroughProxy) proxy = await FragileProxy.start(host.url);
    tab = await MediaTab.open(browser, proxy ?? host);
    queue = new UploadQueue(tab);
  }

  it('says in the words of the host why it failed, and can be tried again', async () => {
    await open({ 'storage.localdisk.fault.fail': 'commit:1:insufficient_storage' });
    tab.watch.allow(/^507: PATCH/);
    const file = madeFile('second try.bin', 50_000);
    await queue.pick([file]);
    const alert = tab.page.getByRole('alert').filter({ hasText: 'second try.bin' });
    await alert.filter({ hasText: 'was not uploaded: the storage is full' }).waitFor();
    await tab.button('Retry second try.bin').click();
    await queue.waitUntilUploaded(file.name);

    assert.equal(await tab.page.getByRole('alert').count(), 0);
    await queue.assertStored(host, 'acme/Sent Media/second try.bin', file);
  });

  it('is cancelled after it failed, and leaves nothing at the storage', async () => {
    await open({ 'storage.localdisk.fault.fail': 'commit:*:insufficient_storage' });
    tab.watch.allow(/^507: PATCH/);
    await queue.pick([madeFile('never.bin', 50_000)]);
    await queue.waitFor('never.bin', 'was not uploaded');
    await tab.button('Cancel never.bin').click();
    await queue.row('never.bin').waitFor({ state: 'detached' });

    await eventually(async () => (await host.storedNames()).length === 0, 'the storage to be clean');
  });

  it('tries again by itself what may pass', async () => {
    await open({ 'storage.localdisk.fault.fail': 'commit:1:unavailable,commit:2:locked' });
    tab.watch.allow(/^503: PATCH/, /^423: PATCH/);
    const file = madeFile('patient.bin', 50_000);
    await queue.pick([file]);
    await queue.waitUntilUploaded(file.name);

    await queue.assertStored(host, 'acme/Sent Media/patient.bin', file);
  });

  it('leaves the others alone when one fails', async () => {
    await open({ 'storage.localdisk.fault.fail': 'commit:1:insufficient_storage' });
    tab.watch.allow(/^507: PATCH/);
    await queue.pick([madeFile('fails.bin')]);
    await queue.waitFor('fails.bin', 'was not uploaded');
    await queue.pick([madeFile('next.bin')]);
    await queue.waitUntilUploaded('next.bin');

    // It waits for its user.
    assert.match(await queue.state('fails.bin').textContent(), /was not uploaded/);
  });

  it('waits while there is no network, and goes on when it is back', async () => {
    await open();
    tab.watch.allow(/^failed: (PATCH|HEAD) .*uploads/, /^failed: GET /);
    // Chromium lets a piece arrive that is on its way, but begins no other.
    const file = madeFile('offline.bin', 12_000_000);
    await tab.limitUpload(4_000_000);
    await queue.pick([file]);
    await queue.waitUntilUnderWay(file.name);
    await tab.loseNetwork();
    await queue.waitFor(file.name, 'Interrupted (no connection), goes on by itself');
    const resumed = tab.page.waitForRequest((request) => request.method() === 'HEAD');
    await tab.limitUpload(0);
    await resumed;
    await queue.waitUntilUploaded(file.name);

    await queue.assertStored(host, 'acme/Sent Media/offline.bin', file);
  });

  it('goes on with a host that crashed and was started again', async () => {
    await open();
    tab.watch.allow(/^failed: /);
    // More than one piece.
    const file = madeFile('restarted.bin', 20_000_000);
    await tab.limitUpload(6_000_000);
    await queue.pick([file]);
    await eventually(
      async () => (await queue.progress('Upload of restarted.bin')).now > 10_000_000,
      'the second piece',
    );
    await host.kill();
    await queue.waitFor(file.name, 'Interrupted');
    const offsets = [];
    tab.page.on('request', (request) => {
      if (request.method() === 'PATCH') offsets.push(Number(request.headers()['upload-offset']));
    });
    await host.restart();
    await tab.limitUpload(0);
    await queue.waitUntilUploaded(file.name);

    assert.ok(offsets.find((offset) => offset > 0) >= 8 * 1024 * 1024, `${offsets}`);
    await queue.assertStored(host, 'acme/Sent Media/restarted.bin', file);
    assert.equal((await host.records('acme')).length, 1);
  });

  it('goes on after the page was loaded anew and the file picked again', async () => {
    await open();
    tab.page.on('dialog', (dialog) => void dialog.accept());
    // A browser knows a file again by its time.
    const folder = await mkdtemp(join(tmpdir(), 'mediadock-picked-'));
    const file = madeFile('picked again.bin', 3_000_000);
    const path = join(folder, file.name);
    await writeFile(path, file.buffer);
    await tab.limitUpload(500_000);
    await queue.pick(path);
    await queue.waitUntilUnderWay(file.name);
    await tab.page.reload();
    const resumed = tab.page.waitForRequest((request) => request.method() === 'HEAD');
    await tab.limitUpload(0);
    await queue.pick(path);
    await resumed;
    await queue.waitUntilUploaded(file.name);
    await rm(folder, { recursive: true });

    await queue.assertStored(host, 'acme/Sent Media/picked again.bin', file);
  });

  it('has its record also when the last answer was lost', async () => {
    await open({}, true);
    // Chromium sends it once more by itself, and hears that the host has it already.
    tab.watch.allow(/^failed: PATCH/, /^409: PATCH/);
    const file = madeFile('answered twice.bin', 50_000);
    let lost = 0;
    proxy.judge = ({ method }) => (method === 'PATCH' && ++lost === 1 ? 'mute' : 'pass');
    await queue.pick([file]);
    await queue.waitUntilUploaded(file.name);

    assert.ok(lost > 1);
    await queue.assertStored(host, 'acme/Sent Media/answered twice.bin', file);
    assert.equal((await host.records('acme')).length, 1);
  });

  it('gives up a connection that is lost without a word', async () => {
    await open({}, true);
    await tab.page.clock.install();
    const file = madeFile('stalled.bin', 12_000_000);
    let stalled = 0;
    proxy.judge = ({ method }) => (method === 'PATCH' && ++stalled === 1 ? 'stall' : 'pass');
    await queue.pick([file]);
    await queue.waitUntilUnderWay(file.name);
    await tab.page.clock.fastForward(60_000);
    await queue.waitUntilUploaded(file.name);

    assert.equal(stalled, 3);
    await queue.assertStored(host, 'acme/Sent Media/stalled.bin', file);
  });
});
