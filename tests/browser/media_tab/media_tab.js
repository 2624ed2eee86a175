// The Media tab of a customer, in a page of a browser.

import { PageWatch } from '../page_watch.js';

export class MediaTab {
  // `folder` is the customer's in the storage; with `hasClock`, time can pass faster in the page.
  static async open(browser, host, { folder = 'acme', customer = 'acme', hasClock = false } = {}) {
    const tab = new MediaTab();
    tab.folder = folder;
    tab.page = await browser.context.newPage();
    tab.watch = new PageWatch(tab.page);
    // Chromium hands file choosers to Playwright only while somebody listens, and begins to some time
    // after the first has said so: too late for a key that opens one at once.
    tab.page.on('filechooser', () => {});
    await makeFolder(host.url, folder);
    if (hasClock) await tab.page.clock.install();
    tab.address = `${host.url}/?${new URLSearchParams({ folder, customer })}`;
    await tab.page.goto(tab.address);
    return tab;
  }

  // All that the page would do within half a minute, it does now.
  passHalfAMinute() {
    return this.page.clock.fastForward(30_000);
  }

  button(name) {
    return this.page.getByRole('button', { name, exact: true });
  }

  async #devTools() {
    this.session ??= await this.page.context().newCDPSession(this.page);
    return this.session;
  }

  // How fast the page's bytes leave; 0: as fast as they can.
  limitUpload(bytesPerSecond) {
    return this.#emulateNetwork({ uploadThroughput: bytesPerSecond || -1 });
  }

  // Until a rate is set.
  loseNetwork() {
    return this.#emulateNetwork({ offline: true });
  }

  async #emulateNetwork(conditions) {
    const session = await this.#devTools();
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput: -1,
      ...conditions,
    });
  }

  // One step of a drag with files or folders of this machine: dragEnter, dragOver, drop, dragCancel.
  async drag(step, paths, { x, y }) {
    const session = await this.#devTools();
    const data = { items: [], files: paths, dragOperationsMask: 1 };
    await session.send('Input.dispatchDragEvent', { type: step, x, y, data });
  }

  // Throws where the page complained of something that was not allowed.
  async close() {
    this.watch.end();
    await this.page.close();
    this.watch.assertSilent();
  }
}

async function makeFolder(hostUrl, path) {
  await fetch(`${hostUrl}/api/crm/storage/folder`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ path }),
  });
}
