// Pages of other sites, in a browser that can reach the host: they change nothing and read nothing,
// unless their origin is listed.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { Browser } from './browser.js';
import { HostProcess } from './host_process.js';

const kPicture = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"></svg>';

// A site whose pages are empty. To a browser `localhost` and `127.0.0.1` are different sites.
async function startSite() {
  const server = createServer((request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!DOCTYPE html>');
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://localhost:${server.address().port}` };
}

describe('a browser', () => {
  let site, browser, host, openHost;
  before(async () => {
    site = await startSite();
    browser = await Browser.start(['--host-resolver-rules=MAP rebound.test 127.0.0.1']);
    host = await HostProcess.start();
    openHost = await HostProcess.start({ 'http.cors.allowed_origins': site.url });
    for (const each of [host, openHost]) await each.store('picture.svg', kPicture);
  });
  after(async () => {
    await host?.stop();
    await openHost?.stop();
    await browser?.stop();
    site?.server.closeAllConnections();
    site?.server.close();
  });

  // What `script` gives in a page at `url`.
  async function inPage(url, script, argument) {
    const page = await browser.context.newPage();
    await page.goto(url);
    const result = await page.evaluate(script, argument);
    await page.close();
    return result;
  }

  async function namesIn(each) {
    const entries = await (await fetch(`${each.url}/api/crm/storage/browse`)).json();
    return entries.map((entry) => entry.filename);
  }

  const upload = ([url, name]) => {
    const form = new FormData();
    form.append('path', '');
    form.append('file', new Blob(['content']), name);
    return fetch(`${url}/api/crm/storage/upload`, { method: 'POST', mode: 'no-cors', body: form })
      .then(() => 'sent', () => 'failed');
  };

  const list = (url) =>
    fetch(`${url}/api/crm/storage/browse`, { credentials: 'include' }).then(
      async (answer) => [answer.status, answer.headers.get('ETag') !== null],
      () => 'hidden',
    );

  const remove = ([url, name]) =>
    fetch(`${url}/api/crm/storage/file?path=${name}`, { method: 'DELETE' }).then(
      (answer) => answer.status,
      () => 'hidden',
    );

  const show = (url) =>
    new Promise((resolve) => {
      const image = Object.assign(new Image(), { src: `${url}/api/crm/storage/file?path=picture.svg` });
      image.onload = () => resolve(image.naturalWidth);
      image.onerror = () => resolve('hidden');
    });

  // A form of its own that the page sends off, as it could without anybody's doing.
  const submit = (url) => {
    const form = Object.assign(document.createElement('form'), {
      method: 'POST',
      enctype: 'multipart/form-data',
      action: `${url}/api/crm/storage/upload`,
    });
    form.innerHTML = '<input name="path" value=""><input name="file" type="file">';
    const files = new DataTransfer();
    files.items.add(new File(['content'], 'forged'));
    form.lastChild.files = files.files;
    document.body.append(form);
    form.submit();
  };

  it('X59: uploads nothing for a page of another site', async () => {
    const page = await browser.context.newPage();
    await page.goto(site.url);
    const [answer] = await Promise.all([page.waitForNavigation(), page.evaluate(submit, host.url)]);
    await page.close();

    assert.equal(answer.request().method(), 'POST');
    assert.equal(answer.status(), 403);
    assert.ok(!(await namesIn(host)).includes('forged'));
  });

  it('uploads for a page of the host itself', async () => {
    assert.equal(await inPage(`${host.url}/healthz`, upload, [host.url, 'own']), 'sent');

    assert.ok((await namesIn(host)).includes('own'));
  });

  it('X58: reads, deletes and shows nothing for a page of another site', async () => {
    assert.equal(await inPage(site.url, list, host.url), 'hidden');
    assert.equal(await inPage(site.url, remove, [host.url, 'picture.svg']), 'hidden');
    assert.equal(await inPage(site.url, show, host.url), 'hidden');

    assert.ok((await namesIn(host)).includes('picture.svg'));
  });

  it('X58: does all that for a page of a listed origin', async () => {
    assert.deepEqual(await inPage(site.url, list, openHost.url), [200, true]);
    assert.equal(await inPage(site.url, show, openHost.url), 40);
    assert.equal(await inPage(site.url, upload, [openHost.url, 'listed']), 'sent');
    assert.ok((await namesIn(openHost)).includes('listed'));
    assert.equal(await inPage(site.url, remove, [openHost.url, 'listed']), 204);
    assert.deepEqual(await namesIn(openHost), ['picture.svg']);
  });

  it('reads nothing for a page whose name was made to lead to the host', async () => {
    const page = await browser.context.newPage();
    const rebound = host.url.replace('127.0.0.1', 'rebound.test');
    const answer = await page.goto(`${rebound}/api/crm/storage/browse`);
    await page.close();

    assert.equal(answer.status(), 403);
  });
});
