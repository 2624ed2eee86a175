// Stored files are hostile: however a browser is led to one, no script of it runs. The same is done
// to a careless server first, where script does run, and is seen.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { embed, visit } from './attack.js';
import { Browser } from './browser.js';
import { ConsoleOrigin, proxyTo, serveCarelessly } from './console_origin.js';
import { hostileFiles } from './hostile_files.js';
import { HostProcess } from './host_process.js';
import { ScriptWatch } from './script_watch.js';

const names = [...hostileFiles.keys()];
const target = (name) => `/api/crm/storage/file?path=${encodeURIComponent(name)}`;

// What Chromium runs from no server, at least not by itself.
const kNowhere = ['loader.html', 'page.mht', 'page.txt', 'utf16.txt', 'tail.png', 'page.pdf'];
// What a browser must not even open, in each spelling of its address.
const kActive = ['script.svg', 'page.html', 'page.xhtml', 'page.xml', 'script.js'];
// What a console should say of its own pages (docs/security.md).
const kConsolePolicy = "default-src 'self'; frame-src 'self' blob:; object-src 'none'";

class Scene {
  static async open(serveFile) {
    const scene = new Scene();
    scene.browser = await Browser.start();
    scene.origin = await ConsoleOrigin.start(serveFile);
    scene.watch = new ScriptWatch(scene.browser.context, scene.origin);
    return scene;
  }

  async page(policy = '') {
    const page = await this.browser.context.newPage();
    await page.goto(`${this.origin.url}/page?policy=${encodeURIComponent(policy)}`);
    return page;
  }

  async embed(ways, targets, policy) {
    const page = await this.page(policy);
    await embed(page, this.origin, this.watch, ways, targets);
    await page.close();
  }

  visit(targets) {
    return visit(this.browser.context, this.origin, this.watch, targets);
  }

  // The hostile files that ran.
  ran() {
    return names.filter((name) => this.watch.has(name));
  }

  async close() {
    await this.browser.stop();
    await this.origin.stop();
  }
}

describe('a careless server', () => {
  let scene;
  before(async () => {
    scene = await Scene.open(serveCarelessly(hostileFiles));
  });
  after(() => scene?.close());

  it('runs stored files', async () => {
    await scene.embed('waysToRun', names.map(target));

    assert.deepEqual(names.filter((name) => !scene.watch.has(name)), kNowhere);
  });

  it('runs copies that a page makes', async () => {
    scene.watch.ran = [];
    await scene.embed('waysToRunACopy', ['page.html', 'script.svg'].map(target));

    assert.deepEqual(scene.ran(), ['script.svg', 'page.html']);
  });

  it('lets a stored page load a stored script past a policy of the same origin', async () => {
    scene.watch.ran = [];
    await scene.embed('waysToRunACopy', [target('loader.html')], kConsolePolicy);

    assert.deepEqual(scene.ran(), ['script.js']);
  });

  it('runs pages that are visited', async () => {
    scene.watch.ran = [];
    await scene.visit(['script.svg', 'animated.svg', 'page.html'].map(target));

    assert.deepEqual(scene.ran(), ['script.svg', 'animated.svg', 'page.html']);
  });
});

describe('the host', () => {
  let host, scene, versions;
  before(async () => {
    host = await HostProcess.start();
    versions = new Map();
    for (const [name, content] of hostileFiles) {
      await host.store(name, content);
      const { headers } = await fetch(host.url + target(name), { method: 'HEAD' });
      versions.set(name, headers.get('ETag').replaceAll('"', ''));
    }
    scene = await Scene.open(proxyTo(host.url));
  });
  after(async () => {
    await scene?.close();
    await host?.stop();
  });

  const spelt = () =>
    [...kActive, 'page.png', 'utf16.html', 'gif.gif'].flatMap((name) =>
      [`&v=${versions.get(name)}`, '&download=1', '&download=0', '&inline=true'].map(
        (addition) => target(name) + addition,
      ),
    );

  it('X19 X21 X23: runs nothing that is embedded', async () => {
    await scene.embed('waysToRun', names.map(target));

    assert.deepEqual(scene.ran(), []);
  });

  it('X22: runs nothing that is embedded by another spelling', async () => {
    await scene.embed('waysToRun', spelt());

    assert.deepEqual(scene.ran(), []);
  });

  it('X19 X21 X22 X23: runs nothing that is visited, and hands out what could run', async () => {
    const targets = [...names.map(target), ...spelt()];
    const downloads = await scene.visit(targets);

    assert.deepEqual(scene.ran(), []);
    for (const asked of targets.filter((each) => kActive.some((name) => each.includes(name)))) {
      assert.ok(downloads.includes(asked), asked);
    }
  });

  it('X21: runs no copy that a page with a policy makes', async () => {
    await scene.embed('waysToRunACopy', names.map(target), kConsolePolicy);

    assert.deepEqual(scene.ran(), []);
  });

  it('X20 X23: sends each file fenced in and with a type that nothing runs', async () => {
    for (const name of names) {
      const { headers } = await fetch(host.url + target(name));
      const policy = new Map(
        headers.get('Content-Security-Policy').split(';').map((directive) => {
          const [key, ...values] = directive.trim().split(/\s+/);
          return [key, values];
        }),
      );
      assert.deepEqual(policy.get('sandbox'), [], name);
      assert.deepEqual(policy.get('default-src'), ["'none'"], name);
      assert.ok(!policy.has('script-src'), name);
      assert.equal(headers.get('X-Content-Type-Options'), 'nosniff', name);
      assert.doesNotMatch(headers.get('Content-Type'), /html|script|\/xml|css|multipart/, name);
    }
  });

  it('X19: lets a page show a stored SVG', async () => {
    const page = await scene.page();
    const width = await page.evaluate(
      (url) =>
        new Promise((resolve, reject) => {
          const image = Object.assign(new Image(), { src: url, onerror: reject });
          image.onload = () => resolve(image.naturalWidth);
        }),
      target('script.svg'),
    );
    await page.close();

    assert.equal(width, 40);
    assert.deepEqual(scene.ran(), []);
  });

  it('X25: runs nothing of an address that it refuses', async () => {
    const script = encodeURIComponent('<script>console.log("RAN reflected")</script>');
    const routes = ['/api/crm/storage/file', '/api/crm/storage/browse'];
    const targets = routes.map((route) => `${route}?path=${script}`);
    await scene.embed('waysToRun', targets);
    await scene.visit(targets);

    assert.ok(!scene.watch.has('reflected'));
  });
});
