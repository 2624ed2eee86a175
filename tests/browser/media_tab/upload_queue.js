// The uploads of a Media tab, as its user works with them.

import assert from 'node:assert/strict';
import { eventually } from '../eventually.js';

// A file of `size` bytes that is no other's, for Playwright's choosers.
export function madeFile(name, size = 1000, mimeType = 'application/octet-stream') {
  const buffer = Buffer.alloc(size, `${name} is made of this. `);
  return { name, mimeType, buffer };
}

export class UploadQueue {
  constructor(tab) {
    this.tab = tab;
    this.page = tab.page;
  }

  // By the button and the file chooser that it opens.
  async pick(files, button = 'Upload files') {
    const [chooser] = await Promise.all([
      this.page.waitForEvent('filechooser'),
      this.tab.button(button).click(),
    ]);
    await chooser.setFiles(files);
  }

  chooseFolder(name) {
    return this.page.getByLabel('Upload to').selectOption(name);
  }

  row(name) {
    return this.page.locator('.mt-upload-row', { has: this.page.getByText(name, { exact: true }) });
  }

  // What the row says of its file.
  state(name) {
    return this.row(name).locator('.mt-upload-state');
  }

  async waitFor(name, text) {
    await this.state(name).filter({ hasText: text }).waitFor();
  }

  async waitUntilUploaded(...names) {
    for (const name of names) {
      await this.page.locator('[data-phase=done]').and(this.row(name)).waitFor();
    }
  }

  // A bar by its label, as assistive technology reads it.
  async progress(label) {
    const bar = this.page.getByRole('progressbar', { name: label, exact: true });
    const read = (attribute) => bar.getAttribute(attribute);
    return { now: Number(await read('aria-valuenow')), max: Number(await read('aria-valuemax')) };
  }

  // Waits until the host has something of the file, and much of it is still to come.
  async waitUntilUnderWay(name) {
    await eventually(async () => {
      const { now, max } = await this.progress(`Upload of ${name}`);
      return now > 0 && now < max;
    }, `${name} to be under way`);
  }

  async assertStored(host, path, file) {
    assert.ok(file.buffer.equals(await host.stored(path)), `${path} is what was sent`);
  }
}
