// How the Media tab looks, and that everybody can use it so: both themes, a phone, high contrast, little
// motion, English and Greek, in each of its states. Pictures of all of it are kept.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { assertAccessible } from '../accessibility.js';
import { Browser } from '../browser.js';
import { eventually } from '../eventually.js';
import { HostProcess } from '../host_process.js';
import { keepScreenshot } from '../screenshot.js';
import { CustomerFiles } from './customer_files.js';
import { ItemList } from './item_list.js';
import { MediaTab } from './media_tab.js';
import { picture } from './pictures.js';

const sample = (name) => readFileSync(new URL(`../../../examples/media-tab/sample/${name}`, import.meta.url));
const messages = (name) =>
  JSON.parse(readFileSync(new URL(`../../../examples/media-tab/src/messages/${name}.json`, import.meta.url)));
// The parser of the app's own messages.
const { parse, TYPE } = createRequire(new URL('../../../examples/media-tab/package.json', import.meta.url))(
  '@formatjs/icu-messageformat-parser',
);
const kDesk = { width: 1280, height: 900 };
const kPhone = { width: 360, height: 760 };
const kSmallestTarget = 24;

describe('the look of the Media tab', () => {
  let browser, host, files, tab, list, page;
  before(async () => {
    browser = await Browser.start([], { locale: 'en-GB' });
    host = await HostProcess.start();
    files = new CustomerFiles(host, '05_Customers/Αιγαίο Boats #1');
    for (const [index, name] of ['Harbour.png', 'Λιμάνι.png', 'Mast, 50% primed.png', 'Sails + flag.png'].entries()) {
      await files.add(`Sent Media/${name}`, picture(1200, [800, 900, 1600, 700][index], index * 80), { tags: ['yard'] });
    }
    await files.add('Received Media/Sea trial.mp4', sample('sea_trial.mp4'));
    await files.add('Received Media/Προσφορά.pdf', sample('offer.pdf'), { uploaded_by: 'Ελένη' });
    await files.put('Internal/A rather long name that nobody would want to read to its very end.png', picture(900, 600, 20));
    await files.lose('Internal/Old brochure.jpg');
  });
  after(async () => {
    await browser?.stop();
    await host?.stop();
  });
  beforeEach(() => open());
  afterEach(() => tab.close());

  async function open(parameters = {}) {
    tab = await MediaTab.open(browser, host, { folder: files.folder, customer: 'Αιγαίο Boats', ...parameters });
    list = new ItemList(tab);
    page = tab.page;
    await page.setViewportSize(kDesk);
    await list.item('Harbour.png').waitFor();
  }

  const inView = (view) => page.getByRole('radio', { name: view, exact: true }).click();

  // Each state of the page by its name, and how it comes about.
  const states = {
    grid: () => inView('Grid'),
    list: () => inView('List'),
    selection: async () => {
      await inView('Grid');
      await list.select('Harbour.png');
      await list.select('Λιμάνι.png');
    },
    menu: () => tab.button('Actions for Harbour.png').click(),
    sorting: () => page.getByRole('button', { name: /Sort by/ }).click(),
    details: () => list.act('Προσφορά.pdf', 'Details'),
    rename: async () => {
      await list.act('Harbour.png', 'Rename');
      await page.getByLabel('New name').fill('Λιμάνι.png');
    },
    move: () => list.act('Harbour.png', 'Move'),
    delete: () => list.act('Harbour.png', 'Delete'),
    no_hit: () => list.search('nothing like that'),
    viewer: async () => {
      await list.item('Harbour.png').click();
      const image = page.getByRole('dialog').getByRole('img', { name: 'Harbour.png' });
      await eventually(() => image.evaluate((each) => each.complete && each.naturalWidth > 0), 'the picture');
    },
  };

  for (const colorScheme of ['light', 'dark']) {
    for (const [state, come] of Object.entries(states)) {
      it(`has no fault that axe finds: ${state}, ${colorScheme}`, async () => {
        await page.emulateMedia({ colorScheme });
        await come();
        await page.getByRole('dialog').or(page.locator('.mt')).first().waitFor();
        await keepScreenshot(page, `${state}_${colorScheme}`);
        await assertAccessible(page, `${state}, ${colorScheme}`);
      });
    }
  }

  for (const state of ['grid', 'list', 'selection', 'details', 'delete', 'viewer']) {
    it(`fits a phone: ${state}`, async () => {
      await page.setViewportSize(kPhone);
      await states[state]();
      await keepScreenshot(page, `${state}_phone`);
      await assertAccessible(page, `${state}, phone`);

      const { scrollWidth, clientWidth } = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        return { scrollWidth, clientWidth };
      });
      assert.ok(scrollWidth <= clientWidth, `${scrollWidth} wide`);
    });
  }

  it('has targets that a finger hits, and nothing that needs a pointer to hover', async () => {
    await page.setViewportSize(kPhone);
    for (const view of ['Grid', 'List']) {
      await inView(view);
      const small = await page.evaluate((smallest) => {
        const targets = document.querySelectorAll('button, select, input:not([type=file]), .mt-select, a[href]');
        return [...targets].filter((each) => each.checkVisibility({ opacityProperty: true, visibilityProperty: true })).flatMap((each) => {
          // What is read out instead of what is seen: its label is the target.
          if (each.closest('[style*="clip"]')) return [];
          const { width, height } = each.getBoundingClientRect();
          return width < smallest || height < smallest ? [`${each.outerHTML.slice(0, 80)}: ${width} by ${height}`] : [];
        });
      }, kSmallestTarget);
      assert.deepEqual(small, []);
      assert.equal(await tab.button('Actions for Harbour.png').isVisible(), true);
    }
    await inView('Grid');
  });

  it('tells what is selected and focused by outlines where colours are forced', async () => {
    await page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark' });
    await states.selection();
    await keepScreenshot(page, 'selection_forced_colours');

    const outline = (name) => list.item(name).evaluate((each) => getComputedStyle(each).outlineStyle);
    assert.equal(await outline('Harbour.png'), 'solid');
    assert.equal(await outline('Sails + flag.png'), 'none');
  });

  it('has more contrast where that is asked for', async () => {
    await page.emulateMedia({ contrast: 'more' });
    const facts = page.locator('.mt-facts').first();
    const [quiet, plain] = await facts.evaluate((each) => [
      getComputedStyle(each).color,
      getComputedStyle(document.querySelector('.mt')).color,
    ]);
    await keepScreenshot(page, 'grid_contrast');

    assert.equal(quiet, plain);
  });

  it('does not move where little motion is asked for', async () => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.route('**/browse?**', () => {});
    await page.reload({ waitUntil: 'commit' });
    await page.getByText('Loading media …').waitFor();
    const moving = await page.evaluate(() =>
      document.getAnimations().filter(({ playState }) => playState === 'running').length);
    tab.watch.allow(/^failed: .*ERR_ABORTED/);

    assert.equal(moving, 0);
  });

  for (const colorScheme of ['light', 'dark']) {
    it(`shows where files will be while they are loading: ${colorScheme}`, async () => {
      await page.emulateMedia({ colorScheme });
      await page.route('**/browse?**', () => {});
      await page.reload({ waitUntil: 'commit' });
      await page.getByText('Loading media …').waitFor();
      await keepScreenshot(page, `loading_${colorScheme}`);
      await assertAccessible(page, 'loading');
      tab.watch.allow(/^failed: .*ERR_ABORTED/);
    });

    it(`says what to do where there is nothing yet: ${colorScheme}`, async () => {
      await page.emulateMedia({ colorScheme });
      tab.watch.allow(/ERR_ABORTED/);
      await page.goto(`${host.url}/?folder=nobody&customer=nobody`);
      await page.getByRole('heading', { name: 'No media yet' }).waitFor();
      await keepScreenshot(page, `empty_${colorScheme}`);
      await assertAccessible(page, 'empty');
    });
  }

  it('speaks of what is found, once, to those who do not see it', async () => {
    const region = page.locator('[data-mt-announcer]');
    assert.equal(await region.getAttribute('aria-live'), 'polite');
    await list.search('λιμανι');
    await region.getByText('1 file shown').waitFor({ state: 'attached' });
  });

  it('speaks Greek with whoever does, with sizes, dates and numbers by locale', async () => {
    const greek = await Browser.start([], { locale: 'el-GR', timezoneId: 'Europe/Athens' });
    const greekTab = await MediaTab.open(greek, host, { folder: files.folder, customer: 'Αιγαίο Boats' });
    try {
      await greekTab.page.setViewportSize(kDesk);
      await greekTab.page.getByRole('heading', { name: 'Πολυμέσα' }).waitFor();
      await greekTab.page.getByText(/^8 αρχεία, [\d,]+ kB$/).waitFor();
      await greekTab.page.getByText(/\d{1,2} \p{Script=Greek}+ \d{4}/u).first().waitFor();
      assert.equal(await greekTab.page.locator('html').getAttribute('lang'), 'el');
      await assertAccessible(greekTab.page, 'Greek');
      await keepScreenshot(greekTab.page, 'grid_greek');
      await greekTab.page.getByLabel('Γλώσσα').selectOption('English');
      await greekTab.page.getByRole('heading', { name: 'Media' }).waitFor();
      await greekTab.page.reload();
      await greekTab.page.getByRole('heading', { name: 'Media' }).waitFor();
      await greekTab.close();
    } finally {
      await greek.stop();
    }
  });

  it('speaks Greek in its dialogs and menus, too', async () => {
    const words = messages('el');
    const greek = await Browser.start([], { locale: 'el-GR', timezoneId: 'Europe/Athens', viewport: kDesk });
    const greekTab = await MediaTab.open(greek, host, { folder: files.folder, customer: 'Αιγαίο Boats' });
    try {
      for (const action of ['details', 'rename', 'move', 'delete']) {
        await greekTab.button(words['action.more.named'].replace('{name}', 'Harbour.png')).click();
        const item = greekTab.page.getByRole('menuitem', { name: words[`action.${action}`], exact: true });
        await item.waitFor();
        await assertAccessible(greekTab.page, `Greek, menu before ${action}`);
        await item.click();
        const dialog = greekTab.page.getByRole('dialog').or(greekTab.page.getByRole('alertdialog'));
        await dialog.waitFor();
        await keepScreenshot(greekTab.page, `${action}_greek`);
        await assertAccessible(greekTab.page, `Greek, ${action}`);
        assert.match(await dialog.getByRole('heading').textContent(), action === 'details' ? /^Harbour\.png$/ : /\p{Script=Greek}/u);
        await greekTab.page.keyboard.press('Escape');
        await dialog.waitFor({ state: 'detached' });
      }
      await greekTab.page.getByRole('row', { name: 'Harbour.png', exact: true }).click();
      await greekTab.page.getByRole('dialog', { name: words['viewer.lightbox'] }).waitFor();
      await assertAccessible(greekTab.page, 'Greek, viewer');
      await greekTab.close();
    } finally {
      await greek.stop();
    }
  });

  it('has the same texts in each language', async () => {
    const argumentsOf = (text) => {
      const nodes = (parts) => parts.flatMap((part) => [part, ...Object.values(part.options ?? {}).flatMap(({ value }) => nodes(value))]);
      return [...new Set(nodes(parse(text)).filter(({ type }) => type !== TYPE.literal && type !== TYPE.pound).map(({ value }) => value))].sort();
    };
    for (const [greek, english] of [['el', 'en'], ['uploads_el', 'uploads_en']]) {
      const [mine, theirs] = [messages(greek), messages(english)];
      assert.deepEqual(Object.keys(mine).sort(), Object.keys(theirs).sort());
      for (const id of Object.keys(mine)) {
        assert.ok(mine[id].trim(), id);
        assert.deepEqual(argumentsOf(mine[id]), argumentsOf(theirs[id]), id);
      }
    }
  });
});
