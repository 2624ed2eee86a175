// The list of a Media tab, as its user finds things in it.

import { eventually } from '../eventually.js';

export class ItemList {
  constructor(tab) {
    this.tab = tab;
    this.page = tab.page;
  }

  item(name) {
    return this.page.getByRole('row', { name, exact: true });
  }

  // In the order of the list; only those in view of a long one.
  names() {
    return this.page.locator('.mt-item .mt-name').allTextContents();
  }

  async waitForNames(...names) {
    let found;
    await eventually(async () => {
      found = await this.names();
      return JSON.stringify(found) === JSON.stringify(names);
    }, `the list to be ${names}, not ${found}`).catch((error) => {
      throw new Error(`${error.message}; it is ${found}`);
    });
  }

  // Until all that are in sight have been loaded.
  async waitForPictures() {
    await this.page.waitForFunction(() => [...document.images].every((image) => image.complete));
  }

  // What it says of the item's state.
  state(name) {
    return this.item(name).locator('.mt-badge').getAttribute('data-state');
  }

  // By the button that is named for the item.
  async act(name, action) {
    await this.tab.button(`Actions for ${name}`).click();
    await this.page.getByRole('menuitem', { name: action, exact: true }).click();
  }

  async select(name) {
    await this.item(name).getByRole('checkbox').click({ force: true });
  }

  async choose(label, option) {
    await this.page.getByRole('button', { name: label }).click();
    await this.page.getByRole('option', { name: option, exact: true }).click();
  }

  folder(name) {
    return this.page.getByRole('radio', { name: new RegExp(`^${name}`) });
  }

  search(text) {
    return this.page.getByRole('searchbox').fill(text);
  }

  // Of what has the focus.
  focused() {
    return this.page.evaluate(() => {
      const { ariaLabel, dataset, tagName, textContent } = document.activeElement;
      return dataset.key ?? ariaLabel ?? `${tagName} ${textContent}`;
    });
  }
}
