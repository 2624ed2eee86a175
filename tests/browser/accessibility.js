// Holds a page to WCAG 2.2 AA, as far as axe can.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const kAxe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const kRules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

export async function assertAccessible(page, state) {
  await page.evaluate(kAxe);
  const violations = await page.evaluate(
    async (rules) => (await window.axe.run({ runOnly: rules })).violations,
    kRules,
  );
  const faults = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html }) => `${id}: ${help}: ${html}`),
  );
  assert.deepEqual(faults, [], state);
}
