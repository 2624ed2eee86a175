// Keeps pictures of what the browser shows, for people to look at.

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

// `name` without an extension; a later run replaces the picture.
export async function keepScreenshot(page, name) {
  const folder = process.env.SCREENSHOTS;
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
}
