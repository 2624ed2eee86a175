// Leads a browser to addresses in every way there is to run what is there.

import { eventually } from './eventually.js';

let used = 0;

// Tries each of the targets in each of the page's `ways`. Then each way is gone with something
// harmless that does run: by then, whatever was to run before had its time.
export async function embed(page, origin, watch, ways, targets) {
  const names = await page.evaluate((set) => Object.keys(window[set]), ways);
  const go = (attempts) =>
    page.evaluate(
      ([set, all]) => all.forEach(([way, url]) => void window[set][way](url)),
      [ways, attempts],
    );
  const hostile = names.flatMap((way) => targets.map((each) => [way, `${each}&way=${way}`]));
  await go(hostile);
  for (const [way, url] of hostile) {
    await eventually(() => origin.answered.has(url), `${way} to ask for ${url}`);
  }
  const harmless = names.map((way) => [way, `${way}-${++used}`]);
  await go(harmless.map(([way, name]) => [way, `${harmlessFor(way)}?name=${name}`]));
  for (const [, name] of harmless) await watch.waitFor(name);
}

function harmlessFor(way) {
  return /frame|object|embed/i.test(way) ? '/harmless.html' : '/harmless.js';
}

// Opens each target by itself. Returns those that were downloads instead.
export async function visit(context, origin, watch, targets) {
  const downloads = [];
  const [page, other] = [await context.newPage(), await context.newPage()];
  await other.goto(`${origin.url}/page`);
  for (const target of targets) {
    await page.goto(origin.url + target).catch((error) => {
      if (/Download is starting/.test(error.message)) downloads.push(target);
    });
    const name = `visit-${++used}`;
    await other.evaluate((url) => window.waysToRun.iframe(url), `/harmless.svg?name=${name}`);
    await watch.waitFor(name);
  }
  await page.close();
  await other.close();
  return downloads;
}
