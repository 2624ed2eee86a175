// Sees what a page does not tell its user: what it writes to the console, and requests of it that fail.

import assert from 'node:assert/strict';

export class PageWatch {
  #complaints = [];
  #allowed = [];
  #hasEnded = false;

  constructor(page) {
    const note = (text) => {
      if (!this.#hasEnded) this.#complaints.push(text);
    };
    page.on('console', (message) => {
      // Each failed request has one of these, and is noted by itself.
      if (!message.text().startsWith('Failed to load resource')) note(`console: ${message.text()}`);
    });
    page.on('pageerror', (error) => note(`thrown: ${error.message}`));
    page.on('requestfailed', (request) => {
      const { errorText } = request.failure();
      // Given up by the page itself.
      if (errorText !== 'net::ERR_ABORTED') note(`failed: ${targetOf(request)}: ${errorText}`);
    });
    page.on('response', (response) => {
      if (response.status() >= 400) note(`${response.status()}: ${targetOf(response.request())}`);
    });
  }

  // From now on and before: what a test brings about.
  allow(...patterns) {
    this.#allowed.push(...patterns);
  }

  // What the page is at when it is closed breaks off.
  end() {
    this.#hasEnded = true;
  }

  assertSilent() {
    const isAllowed = (text) => this.#allowed.some((pattern) => pattern.test(text));
    assert.deepEqual(this.#complaints.filter((text) => !isAllowed(text)), []);
  }
}

function targetOf(request) {
  const { pathname, search } = new URL(request.url());
  return `${request.method()} ${pathname}${search}`;
}
