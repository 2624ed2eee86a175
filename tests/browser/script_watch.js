// Sees script that runs anywhere in a browser: in a page, a frame or a worker, with or without the
// right to reach a server, to speak to a person, or to be seen by its parent.

import { eventually } from './eventually.js';

export class ScriptWatch {
  // What ran, as `{name, where}`; more than once where it told in more than one way.
  ran = [];

  constructor(context, origin) {
    origin.onRan = (told) => this.ran.push(told);
    context.on('console', (message) => this.#read(message.text()));
    context.on('dialog', (dialog) => {
      this.#read(dialog.message());
      dialog.dismiss().catch(() => {});
    });
  }

  #read(text) {
    const [, name, where] = text.match(/^RAN (\S+)(?: AT (.*))?/) ?? [];
    if (name) this.ran.push({ name, where: where ?? '' });
  }

  has(name) {
    return this.ran.some((told) => told.name === name);
  }

  // Waits for script that is expected to run.
  waitFor(name) {
    return eventually(() => this.has(name), `${name} to run`);
  }
}
