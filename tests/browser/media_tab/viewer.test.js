// Looking at files: thumbnails, the viewer, films, sounds, PDFs and downloads.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { Browser } from '../browser.js';
import { eventually } from '../eventually.js';
import { HostProcess } from '../host_process.js';
import { CustomerFiles } from './customer_files.js';
import { ItemList } from './item_list.js';
import { MediaTab } from './media_tab.js';
import { picture } from './pictures.js';
import { sound } from './sounds.js';

const sample = (name) => readFileSync(new URL(`../../../examples/media-tab/sample/${name}`, import.meta.url));

describe('the viewer', () => {
  let browser, host, files, tab, list, page;
  before(async () => {
    browser = await Browser.start([], { locale: 'en-GB' });
    host = await HostProcess.start();
    files = new CustomerFiles(host, 'acme #1');
    await files.add('Sent Media/1 wide.png', picture(1200, 800, 10));
    await files.add('Sent Media/2 tall & 100%.png', picture(600, 900, 120));
    await files.add('Received Media/3 film.mp4', sample('sea_trial.mp4'));
    await files.add('Received Media/4 sound.wav', sound());
    await files.add('Internal/5 offer.pdf', sample('offer.pdf'));
    await files.add('Internal/6 table.ods', 'no table');
  });
  after(async () => {
    await browser?.stop();
    await host?.stop();
  });
  beforeEach(async () => {
    tab = await MediaTab.open(browser, host, { folder: files.folder });
    list = new ItemList(tab);
    page = tab.page;
    await list.item('6 table.ods').waitFor();
  });
  afterEach(() => tab.close());

  const shownFile = () => new URL(page.url()).searchParams.get('media_file');
  const untilShown = (file) => eventually(async () => shownFile() === file, `the address to name ${file}`);
  const viewer = () => page.getByRole('dialog', { name: 'Viewer' });

  it('opens a picture, goes on with arrows and closes with Escape', async () => {
    await list.item('1 wide.png').click();
    const image = viewer().getByRole('img', { name: '1 wide.png' });
    await eventually(() => image.evaluate((each) => each.naturalWidth === 1200), 'the picture');
    await page.keyboard.press('ArrowRight');
    await untilShown('Sent Media/2 tall & 100%.png');
    await page.keyboard.press('ArrowRight');
    await untilShown('Received Media/3 film.mp4');
    await page.keyboard.press('ArrowLeft');
    await untilShown('Sent Media/2 tall & 100%.png');
    await page.keyboard.press('Escape');
    await viewer().waitFor({ state: 'detached' });

    await eventually(async () => (await list.focused()).endsWith('2 tall & 100%.png'), 'the focus');
    assert.equal(shownFile(), null);
  });

  it('gives the focus back to what it was opened from', async () => {
    await list.item('1 wide.png').focus();
    await page.keyboard.press('Enter');
    await viewer().waitFor();
    await page.keyboard.press('Escape');
    await viewer().waitFor({ state: 'detached' });

    await eventually(async () => (await list.focused()).endsWith('1 wide.png'), 'the focus');
  });

  it('zooms', async () => {
    await list.item('1 wide.png').click();
    const image = viewer().getByRole('img', { name: '1 wide.png' });
    await image.waitFor();
    const width = async () => (await image.boundingBox()).width;
    const before = await width();
    await page.getByRole('button', { name: 'Zoom in' }).click();
    await eventually(async () => (await width()) > before * 1.2, 'a larger picture');
  });

  it('opens from a link, goes back to it, and goes on with buttons', async () => {
    const link = `${tab.address}&media_file=${encodeURIComponent('Sent Media/2 tall & 100%.png')}`;
    await page.goto(link);
    await viewer().getByRole('img', { name: '2 tall & 100%.png' }).waitFor();
    await page.getByRole('button', { name: 'Previous file' }).click();
    await untilShown('Sent Media/1 wide.png');
    await page.getByRole('button', { name: 'Next file' }).click();
    await untilShown('Sent Media/2 tall & 100%.png');
    await page.getByRole('button', { name: 'Close' }).click();
    await viewer().waitFor({ state: 'detached' });
    await list.item('1 wide.png').click();
    await untilShown('Sent Media/1 wide.png');
    await page.goBack();
    await viewer().waitFor({ state: 'detached' });
  });

  it('plays a film by ranges', async () => {
    const ranges = [];
    page.on('response', (response) => {
      if (response.url().includes('film.mp4')) ranges.push(response.status());
    });
    await list.item('3 film.mp4').click();
    const film = viewer().locator('video');
    await film.waitFor();
    await film.evaluate((video) => {
      video.muted = true;
      return video.play();
    });
    await eventually(() => film.evaluate((video) => video.currentTime > 0.2), 'the film to run');
    await film.evaluate((video) => (video.currentTime = video.duration - 0.5));
    await eventually(() => film.evaluate((video) => video.ended), 'the film to end');

    assert.ok(ranges.length > 0 && ranges.every((status) => status === 206), String(ranges));
    tab.watch.allow(/^failed: GET .*film\.mp4.*ERR_ABORTED/);
  });

  it('plays a sound', async () => {
    await list.item('4 sound.wav').click();
    const player = viewer().locator('audio');
    await player.waitFor();
    await player.evaluate((audio) => audio.play());
    await eventually(() => player.evaluate((audio) => audio.currentTime > 0.1), 'the sound to be heard');
    tab.watch.allow(/^failed: GET .*sound\.wav.*ERR_ABORTED/);
  });

  it('shows a PDF in a frame that the host fences in', async () => {
    await list.item('5 offer.pdf').click();
    const frame = viewer().getByTitle('5 offer.pdf');
    const { headers } = await fetch(host.url + (await frame.getAttribute('src')));
    await eventually(
      async () => page.frames().some((frame) => frame.url().startsWith('chrome-extension://')),
      "the browser's own PDF viewer",
    );

    assert.match(headers.get('Content-Security-Policy'), /^sandbox;/);
    await page.getByRole('button', { name: 'Close' }).click();
    await viewer().waitFor({ state: 'detached' });
  });

  it('has no attribute sandbox at that frame, for Chromium shows no PDF in one that has it', async () => {
    await list.item('5 offer.pdf').click();
    const frame = viewer().getByTitle('5 offer.pdf');
    await frame.waitFor();
    assert.equal(await frame.getAttribute('sandbox'), null);
    await frame.evaluate(({ src }) => {
      for (const sandbox of ['', 'allow-scripts allow-same-origin']) {
        document.body.append(Object.assign(document.createElement('iframe'), { sandbox, src }));
      }
    });
    const refused = () => page.frames().filter((each) => each.url().startsWith('chrome-error://')).length;
    await eventually(() => refused() === 2, 'both to be refused');
    tab.watch.allow(/^failed: GET .*offer\.pdf.*ERR_BLOCKED_BY_CLIENT/);
  });

  it('offers a PDF in a tab of its own where the browser shows none', async () => {
    await page.addInitScript(() => Object.defineProperty(navigator, 'pdfViewerEnabled', { value: false }));
    await page.reload();
    await list.item('5 offer.pdf').click();

    const link = viewer().getByRole('link', { name: 'Open 5 offer.pdf in a tab of its own' });
    assert.match(await link.getAttribute('href'), /^\/api\/crm\/storage\/file\?path=/);
  });

  it('hands out every other file, and any file, by the same proxy', async () => {
    for (const [name, content] of [['6 table.ods', 'no table'], ['1 wide.png', null]]) {
      const [download] = await Promise.all([page.waitForEvent('download'), list.act(name, 'Download')]);
      assert.equal(download.suggestedFilename(), name);
      assert.match(download.url(), /\/api\/crm\/storage\/file\?path=.*download=1/);
      if (content) assert.equal(readFileSync(await download.path(), 'utf8'), content);
    }
    await list.item('6 table.ods').click();
    assert.equal(await page.getByRole('dialog').getByRole('link', { name: 'Download' }).count(), 1);
  });

  it('keeps the boxes of thumbnails as they are, and asks again for one that failed', async () => {
    let refused = 0;
    await page.route(/thumbnail\?/, (route) => (++refused === 1 ? route.abort() : route.continue()));
    tab.watch.allow(/^failed: GET .*thumbnail/);
    await page.reload();
    const image = list.item('1 wide.png').locator('.mt-thumbnail img');
    const box = list.item('1 wide.png').locator('.mt-thumbnail');
    const before = await box.boundingBox();
    await eventually(
      () => image.evaluate((each) => each.complete && each.naturalWidth > 0).catch(() => false),
      'the thumbnail, at last',
    );

    assert.ok(refused >= 1);
    assert.deepEqual(await box.boundingBox(), before);
    for (const [name, value] of [['loading', 'lazy'], ['decoding', 'async'], ['alt', '']]) {
      assert.equal(await image.getAttribute(name), value);
    }
    assert.ok(Number(await image.getAttribute('width')) > 0 && Number(await image.getAttribute('height')) > 0);
  });
});
