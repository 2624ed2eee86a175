// The page that the host serves at `/`, in a browser that heeds its policy: the page works, and nothing
// runs in its name that is not its own. A careless server shows that it would be seen.

import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { Browser } from './browser.js';
import { HostProcess } from './host_process.js';

const kPage =
  '<!DOCTYPE html><title>page</title><script>window.inline = true</script>' +
  '<script type="module" src="/assets/app.js"></script><body></body>';
const kApp = 'document.title = "own";';
const kPicture = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"></svg>';

// Serves the same page, and below it whatever is asked for, without a policy. Notes who sent whom.
async function startCareless() {
  const referrers = [];
  const server = createServer((request, response) => {
    referrers.push(request.headers.referer);
    const isApp = request.url === '/assets/app.js';
    response.writeHead(200, { 'Content-Type': isApp ? 'text/javascript' : 'text/html' }).end(isApp ? kApp : kPage);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, referrers, url: `http://localhost:${server.address().port}` };
}

// What comes of a frame of bytes that the page has fetched. Messages arrive in order, so what such bytes
// say while they load comes before what the page says once they have.
const frameBytes = () =>
  new Promise((resolve) => {
    window.addEventListener('message', ({ data }) => resolve(data));
    const bytes = new Blob(['<script>parent.postMessage("ran", "*")</script>'], { type: 'text/html' });
    const frame = Object.assign(document.createElement('iframe'), { src: URL.createObjectURL(bytes) });
    frame.onload = () => window.postMessage('silent');
    document.body.append(frame);
  });

const addHandler = () => {
  document.body.innerHTML = '<img src="/nothing" onerror="window.handled = true">';
  return new Promise((resolve) => {
    document.body.firstChild.addEventListener('error', () => resolve(window.handled === true));
  });
};

describe('the page at /', () => {
  let folder, host, careless, browser;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mediadock-page-'));
    await mkdir(join(folder, 'assets'));
    await writeFile(join(folder, 'index.html'), kPage);
    await writeFile(join(folder, 'assets', 'app.js'), kApp);
    host = await HostProcess.start({ 'http.static_root': folder });
    await host.store('picture.svg', kPicture);
    careless = await startCareless();
    browser = await Browser.start();
  });
  after(async () => {
    await browser?.stop();
    await host?.stop();
    careless?.server.closeAllConnections();
    careless?.server.close();
    if (folder) await rm(folder, { recursive: true });
  });

  async function inPage(url, script, argument) {
    const page = await browser.context.newPage();
    await page.goto(url);
    await page.waitForFunction(() => document.title === 'own');
    const result = await page.evaluate(script, argument);
    await page.close();
    return result;
  }

  it('runs its own scripts and none within it', async () => {
    const inline = () => window.inline === true;

    assert.equal(await inPage(careless.url, inline), true);
    assert.equal(await inPage(host.url, inline), false);
  });

  it('runs no handler that markup brings along', async () => {
    assert.equal(await inPage(careless.url, addHandler), true);
    assert.equal(await inPage(host.url, addHandler), false);
  });

  it('frames bytes that it has fetched without running them', async () => {
    assert.equal(await inPage(careless.url, frameBytes), 'ran');
    assert.equal(await inPage(host.url, frameBytes), 'silent');
  });

  it('shows what is stored', async () => {
    const width = await inPage(`${host.url}/?customer=acme`, (target) => {
      const image = Object.assign(new Image(), { src: target });
      return image.decode().then(() => image.naturalWidth);
    }, host.fileTarget('picture.svg'));

    assert.equal(width, 40);
  });

  it('tells no other site where it stands', async () => {
    const before = careless.referrers.length;
    const page = await browser.context.newPage();
    await page.goto(`${host.url}/?customer=acme`);
    await page.evaluate((url) => {
      const link = Object.assign(document.createElement('a'), { href: url });
      document.body.append(link);
      link.click();
    }, careless.url);
    await page.waitForURL(`${careless.url}/`);
    await page.close();

    assert.equal(careless.referrers[before], undefined);
  });

  it('stands in no frame of another site', async () => {
    const page = await browser.context.newPage();
    await page.goto(careless.url);
    const [refused] = await Promise.all([
      page.waitForEvent('console', (message) => message.text().includes('frame-ancestors')),
      page.evaluate((url) => {
        document.body.append(Object.assign(document.createElement('iframe'), { src: url }));
      }, `${host.url}/`),
    ]);
    await page.close();

    assert.equal(refused.type(), 'error');
  });

  it('is the built Media tab where nothing else is named', async () => {
    const tab = await HostProcess.start({ 'http.static_root': '' });
    try {
      const page = await (await fetch(`${tab.url}/`)).text();
      const built = new URL('../../examples/media-tab/dist/index.html', import.meta.url);

      assert.equal(page, await readFile(built, 'utf8'));
    } finally {
      await tab.stop();
    }
  });
});
