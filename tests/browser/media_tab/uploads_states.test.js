// Each state of the uploads: held to WCAG, and kept as a picture for people to look at.

import { after, before, describe, it } from 'node:test';
import { assertAccessible } from '../accessibility.js';
import { Browser } from '../browser.js';
import { HostProcess } from '../host_process.js';
import { keepScreenshot } from '../screenshot.js';
import { MediaTab } from './media_tab.js';
import { madeFile, UploadQueue } from './upload_queue.js';

const kWide = { width: 1100, height: 760 };
const kPhone = { width: 375, height: 720 };
const kLooks = [
  { name: 'light', options: { viewport: kWide, colorScheme: 'light' } },
  { name: 'dark', options: { viewport: kWide, colorScheme: 'dark' } },
  { name: 'phone', options: { viewport: kPhone, isMobile: true, hasTouch: true } },
  { name: 'greek', options: { viewport: kWide, locale: 'el-GR' } },
  { name: 'high-contrast', options: { viewport: kWide, forcedColors: 'active' } },
];

const kEnglish = {
  upload: 'Upload files',
  close: 'Close this message',
  cancelAll: 'Cancel all',
  retryFailed: 'Retry failed.zip',
};
const kGreek = {
  upload: 'Μεταφόρτωση αρχείων',
  close: 'Κλείσιμο του μηνύματος',
  cancelAll: 'Ακύρωση όλων',
  retryFailed: 'Επανάληψη του failed.zip',
};

for (const { name, options } of kLooks) {
  describe(`uploads, ${name}`, () => {
    let browser, host, tab, queue;
    const words = name === 'greek' ? kGreek : kEnglish;
    before(async () => {
      browser = await Browser.start([], options);
      host = await HostProcess.start({
        'http.max_upload_bytes': '20000000',
        'uploads.denied_types': 'text/html',
        'storage.localdisk.fault.fail': 'commit:2:insufficient_storage',
      });
      await host.store('acme/Sent Media/taken.txt', 'taken');
      tab = await MediaTab.open(browser, host);
      queue = new UploadQueue(tab);
      await tab.page.locator('.mt-upload-hint').filter({ hasText: '20' }).waitFor();
    });
    after(async () => {
      await tab?.close();
      await browser?.stop();
      await host?.stop();
    });

    async function look(state) {
      await keepScreenshot(tab.page, `uploads-${state}-${name}`);
      await assertAccessible(tab.page, state);
    }

    it('before anything is picked', () => look('idle'));

    it('with files above it', async () => {
      const { x, y, width } = await tab.page.locator('.mt-drop').boundingBox();
      const point = { x: x + width / 2, y: y + 20 };
      await tab.drag('dragEnter', ['/dev/null'], point);
      await tab.drag('dragOver', ['/dev/null'], point);
      await tab.page.locator('.mt-drop-target').waitFor();
      await look('drop-target');
      await tab.drag('dragOver', ['/dev/null'], { x: point.x, y: 4 });
      await tab.page.locator('.mt-drop-target').waitFor({ state: 'detached' });
      await tab.drag('dragCancel', ['/dev/null'], point);
    });

    it('with a name that is taken', async () => {
      await queue.pick([madeFile('taken.txt', 2000), madeFile('page.html', 9, 'text/html')], words.upload);
      await tab.page.getByRole('alertdialog').waitFor();
      await look('conflict');
      await tab.page.keyboard.press('Escape');
      await tab.page.getByRole('alertdialog').waitFor({ state: 'detached' });
    });

    it('with a file that was turned down', async () => {
      await tab.page.getByRole('alert').waitFor();
      await look('rejected');
      await tab.button(words.close).click();
    });

    it('under way, waiting, paused, failed and done', async () => {
      tab.watch.allow(/^507: PATCH/);
      await queue.pick([madeFile('first.zip', 3000)], words.upload);
      await queue.waitUntilUploaded('first.zip');
      await queue.pick([madeFile('failed.zip', 3000)], words.upload);
      await tab.page.getByRole('alert').waitFor();
      await tab.limitUpload(300_000);
      const names = ['plans of the boats.zip', 'paused.zip', 'third.bin', 'waiting.bin', 'waiting too.bin'];
      await queue.pick(names.map((each) => madeFile(each, 1_500_000)), words.upload);
      await queue.row('paused.zip').getByRole('button').first().click();
      await queue.row('plans of the boats.zip').and(tab.page.locator('[data-phase=uploading]')).waitFor();
      await queue.state('plans of the boats.zip').filter({ hasText: '/' }).waitFor();
      await look('under-way');
      await tab.button(words.cancelAll).click();
    });

    it('interrupted', async () => {
      tab.watch.allow(/^failed: /, /^409: PATCH/);
      await tab.limitUpload(3_000_000);
      await queue.pick([madeFile('interrupted.zip', 18_000_000)], words.upload);
      await queue.row('interrupted.zip').and(tab.page.locator('[data-phase=uploading]')).waitFor();
      await tab.loseNetwork();
      await queue.row('interrupted.zip').and(tab.page.locator('[data-phase=interrupted]')).waitFor();
      await look('interrupted');
      await tab.limitUpload(0);
      await queue.waitUntilUploaded('interrupted.zip');
    });

    it('done', async () => {
      await tab.button(words.retryFailed).click();
      await queue.waitUntilUploaded('failed.zip');
      await look('done');
    });
  });
}
