// Chromium without a window, with a profile of its own.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const kArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export class Browser {
  // `more` are arguments of Chromium, `options` Playwright's for a context, such as `locale`.
  static async start(more = [], options = {}) {
    const browser = new Browser();
    browser.profile = await mkdtemp(join(tmpdir(), 'mediadock-chromium-'));
    // Playwright's BrowserContext.
    browser.context = await chromium.launchPersistentContext(browser.profile, {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      headless: true,
      ...options,
      args: [...kArguments, ...more],
    });
    return browser;
  }

  async stop() {
    await this.context.close();
    await rm(this.profile, { recursive: true, force: true });
  }
}
