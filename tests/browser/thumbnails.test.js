// A thumbnail shows what Chromium shows of the file: with profiles that fit and that do not, and of
// files that are cut off.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { Browser } from './browser.js';
import { HostProcess } from './host_process.js';

const recorded = (name) => readFile(new URL(`../fixtures/pictures/${name}`, import.meta.url));

const kProfileMark = Buffer.from('ICC_PROFILE\0\x01\x01', 'latin1');

// The profile of a JPEG that holds it in one piece (ICC.1:2010 annex B.4).
function profileOf(jpeg) {
  const at = jpeg.indexOf(kProfileMark);
  return jpeg.subarray(at + kProfileMark.length, at - 2 + jpeg.readUInt16BE(at - 2));
}

function withProfile(jpeg, profile) {
  const content = Buffer.concat([kProfileMark, profile]);
  const head = Buffer.from([0xff, 0xe2, 0, 0]);
  head.writeUInt16BE(content.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, content, jpeg.subarray(2)]);
}

const [grey, p3, greyProfiled, noEnd] = await Promise.all(
  ['grey.jpg', 'rgb_p3.jpg', 'rgb_gray_profile.jpg', 'no_eoi.jpg'].map(recorded),
);
const kNoProfile = Buffer.from('no profile');
const pictures = {
  'rgb.jpg': noEnd,
  'rgb-p3.jpg': p3,
  'rgb-grey.jpg': greyProfiled,
  'rgb-junk.jpg': withProfile(noEnd, kNoProfile),
  'rgb-cut-profile.jpg': withProfile(noEnd, profileOf(p3).subarray(0, 200)),
  'grey.jpg': grey,
  'grey-grey.jpg': withProfile(grey, profileOf(greyProfiled)),
  'grey-p3.jpg': withProfile(grey, profileOf(p3)),
  'grey-junk.jpg': withProfile(grey, kNoProfile),
  'half.jpg': noEnd.subarray(0, noEnd.length / 2),
};

// The colours of a picture at a grid of points in its upper `part`, as the page would draw it small.
function coloursOf({ url, part }) {
  const kSide = 64;
  const kPoints = 5;
  return new Promise((resolve, reject) => {
    const image = new Image();
    image.onerror = () => reject(new Error(`${url} is not shown`));
    image.onload = () => {
      const canvas = new OffscreenCanvas(kSide, kSide);
      const context = canvas.getContext('2d');
      context.imageSmoothingQuality = 'high';
      context.drawImage(image, 0, 0, kSide, kSide);
      const colours = [];
      for (let i = 0; i < kPoints * kPoints; ++i) {
        const x = Math.floor((((i % kPoints) + 0.5) * kSide) / kPoints);
        const y = Math.floor(((Math.floor(i / kPoints) + 0.5) * kSide * part) / kPoints);
        colours.push([...context.getImageData(x, y, 1, 1).data]);
      }
      resolve(colours);
    };
    image.src = url;
  });
}

describe('a thumbnail', () => {
  let browser;
  let host;
  let page;
  before(async () => {
    host = await HostProcess.start();
    for (const [name, content] of Object.entries(pictures)) await host.store(name, content);
    browser = await Browser.start();
    page = await browser.context.newPage();
    await page.goto(host.url);
  });
  after(async () => {
    await browser?.stop();
    await host?.stop();
  });

  for (const name of Object.keys(pictures)) {
    it(`looks like ${name}`, async () => {
      // Of a half, what is above the last row of blocks.
      const part = name === 'half.jpg' ? 0.35 : 1;
      const small = `/api/crm/storage/thumbnail?size=128&path=${name}`;

      const shown = await page.evaluate(coloursOf, { url: host.fileTarget(name), part });
      const made = await page.evaluate(coloursOf, { url: small, part });

      const kTolerance = 12;
      const apart = shown.map((colour, i) => Math.max(...colour.map((c, k) => Math.abs(c - made[i][k]))));
      assert.ok(Math.max(...apart) <= kTolerance, `${name}: apart by ${apart.join(' ')}`);
    });
  }
});
