// Pictures of a coast that nobody has been to, as SVG: what a boat yard and its customer might send
// each other. The same seed gives the same picture.

// Small, and good enough for waves and hills (mulberry32's kind of mixing).
function randomFrom(seed) {
  let state = seed >>> 0;
  return (least, most) => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return least + (((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32) * (most - least);
  };
}

const kLights = {
  dawn: { sky: ['#2d3a6b', '#c96f7a', '#f8c78d'], sun: '#fff1cf', hills: ['#8d6a86', '#5f4c70', '#3b3557'], sea: ['#c98a86', '#3d4470'], boat: '#fff6e9' },
  noon: { sky: ['#2f86c9', '#7cc0e8', '#e6f5fb'], sun: '#fffbe6', hills: ['#a8bf9a', '#7c9e7b', '#4d7558'], sea: ['#49b0c4', '#12668c'], boat: '#ffffff' },
  sunset: { sky: ['#3b2a63', '#d2556b', '#ffb45e'], sun: '#ffe9a8', hills: ['#a04f6c', '#713a62', '#452a52'], sea: ['#e08a63', '#4a2c5e'], boat: '#ffe9d6' },
  night: { sky: ['#070d24', '#14244f', '#2c4a7c'], sun: '#f4f1de', hills: ['#1d2c52', '#15203f', '#0c142b'], sea: ['#274a77', '#0a1530'], boat: '#dfe7f5' },
  mist: { sky: ['#9fb4bd', '#c8d5d6', '#eef1ea'], sun: '#ffffff', hills: ['#b9c8c6', '#93aaab', '#6c888d'], sea: ['#b3c6c6', '#6f9096'], boat: '#fbfbf6' },
};

const round = (number) => number.toFixed(1);

function hill(random, { width, horizon, height, colour }) {
  const steps = 9;
  const points = Array.from({ length: steps + 1 }, (_, i) => [
    (width * i) / steps,
    horizon - height * random(0.25, 1) * Math.sin((Math.PI * (i + 0.6)) / (steps + 1.2)),
  ]);
  const curve = points.slice(1).map(([x, y], i) => {
    const [lastX, lastY] = points[i];
    const middle = (lastX + x) / 2;
    return `C${round(middle)} ${round(lastY)} ${round(middle)} ${round(y)} ${round(x)} ${round(y)}`;
  });
  const start = `M0 ${round(horizon)}L0 ${round(points[0][1])}`;
  return `<path fill="${colour}" d="${start}${curve.join('')}L${width} ${round(horizon)}Z"/>`;
}

function waves(random, { width, height, horizon, light }) {
  return Array.from({ length: 70 }, () => {
    const depth = random(0, 1) ** 1.5;
    const y = horizon + (height - horizon) * (0.02 + 0.98 * depth);
    const length = width * (0.02 + 0.1 * depth) * random(0.5, 1.5);
    const x = random(-0.05, 1) * width;
    const bend = length * 0.06;
    return `<path d="M${round(x)} ${round(y)}q${round(length / 2)} ${round(-bend)} ${round(length)} 0" stroke="${light.sun}" stroke-opacity="${round(0.15 + 0.3 * (1 - depth))}" stroke-width="${round(1 + 3 * depth)}" fill="none"/>`;
  }).join('');
}

// A sloop of `size` pixels, its waterline at x, y.
function boat({ x, y, size, light }) {
  const at = (dx, dy) => `${round(x + dx * size)} ${round(y + dy * size)}`;
  return (
    `<path fill="${light.boat}" d="M${at(0.02, -1)}L${at(0.02, -0.16)}L${at(0.42, -0.16)}Z"/>` +
    `<path fill="${light.boat}" fill-opacity="0.8" d="M${at(-0.02, -0.94)}L${at(-0.02, -0.16)}L${at(-0.33, -0.16)}Z"/>` +
    `<path fill="${light.hills[2]}" d="M${at(-0.45, -0.12)}L${at(0.5, -0.12)}L${at(0.34, 0.04)}L${at(-0.32, 0.04)}Z"/>` +
    `<path fill="${light.boat}" fill-opacity="0.18" d="M${at(-0.3, 0.06)}L${at(0.3, 0.06)}L${at(0.05, 0.7)}Z"/>`
  );
}

function lighthouse({ x, y, size, light }) {
  const at = (dx, dy) => `${round(x + dx * size)} ${round(y + dy * size)}`;
  return (
    `<path fill="${light.hills[2]}" d="M${at(-0.9, 0.05)}Q${at(0, -0.35)} ${at(0.9, 0.05)}Z"/>` +
    `<path fill="#f7f3ea" d="M${at(-0.13, -0.12)}L${at(-0.08, -1)}L${at(0.08, -1)}L${at(0.13, -0.12)}Z"/>` +
    `<path fill="#c8423b" d="M${at(-0.115, -0.4)}L${at(-0.1, -0.66)}L${at(0.1, -0.66)}L${at(0.115, -0.4)}Z"/>` +
    `<path fill="#2b2b33" d="M${at(-0.09, -1)}L${at(-0.09, -1.14)}L${at(0.09, -1.14)}L${at(0.09, -1)}Z"/>` +
    `<path fill="${light.sun}" d="M${at(-0.05, -1.02)}L${at(-0.05, -1.12)}L${at(0.05, -1.12)}L${at(0.05, -1.02)}Z"/>` +
    `<path fill="#c8423b" d="M${at(-0.1, -1.14)}L${at(0, -1.26)}L${at(0.1, -1.14)}Z"/>`
  );
}

function stars(random, { width, horizon }) {
  return Array.from({ length: 90 }, () => {
    const [x, y] = [random(0, width), random(0, horizon * 0.8)];
    return `<circle cx="${round(x)}" cy="${round(y)}" r="${round(random(0.6, 2.2))}" fill="#fff" fill-opacity="${round(random(0.3, 1))}"/>`;
  }).join('');
}

const gradient = (id, colours) =>
  `<linearGradient id="${id}" x1="0" y1="0" x2="0" y2="1">${colours
    .map((colour, i) => `<stop offset="${i / (colours.length - 1)}" stop-color="${colour}"/>`)
    .join('')}</linearGradient>`;

const picture = (width, height, content) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${content}</svg>`;

// The coast in one of kLights. `sun` and the boats' x are shares of the width; `lighthouse` is one,
// too, where there is one.
export function coast({ seed, width, height, light: name, sun = 0.7, boats = [0.4], tower }) {
  const random = randomFrom(seed);
  const light = kLights[name];
  const horizon = height * 0.58;
  const unit = Math.min(width, height);
  const view = { width, height, horizon, light };
  const hills = light.hills.map((colour, i) => hill(random, { width, horizon: horizon + 1, height: unit * (0.34 - 0.1 * i), colour }));
  const sails = boats.map((x, i) => boat({ x: width * x, y: horizon + unit * (0.1 + 0.09 * i), size: unit * (0.2 + 0.07 * i), light }));
  return picture(
    width,
    height,
    `<defs>${gradient('sky', light.sky)}${gradient('sea', light.sea)}<radialGradient id="glow"><stop offset="0" stop-color="${light.sun}" stop-opacity="0.7"/><stop offset="1" stop-color="${light.sun}" stop-opacity="0"/></radialGradient></defs>` +
      `<rect width="${width}" height="${height}" fill="url(#sky)"/>` +
      (name === 'night' ? stars(random, view) : '') +
      `<circle cx="${round(width * sun)}" cy="${round(horizon * 0.55)}" r="${round(unit * 0.3)}" fill="url(#glow)"/>` +
      `<circle cx="${round(width * sun)}" cy="${round(horizon * 0.55)}" r="${round(unit * 0.075)}" fill="${light.sun}"/>` +
      hills.join('') +
      `<rect y="${round(horizon)}" width="${width}" height="${round(height - horizon)}" fill="url(#sea)"/>` +
      waves(random, view) +
      (tower === undefined ? '' : lighthouse({ x: width * tower, y: horizon + unit * 0.05, size: unit * 0.4, light })) +
      sails.join(''),
  );
}

// Stripes of sailcloth, overlapping as on a maker's table.
export function sailcloth({ seed, width, height }) {
  const random = randomFrom(seed);
  const colours = ['#14526b', '#e9c46a', '#f4a261', '#e76f51', '#f7f3ea', '#2a9d8f'];
  const stripes = Array.from({ length: 14 }, (_, i) => {
    const x = (width * i) / 13 + random(-30, 30);
    return `<path fill="${colours[i % colours.length]}" fill-opacity="0.85" d="M${round(x - width * 0.12)} 0L${round(x + width * 0.05)} 0L${round(x + width * 0.12)} ${height}L${round(x - width * 0.05)} ${height}Z"/>`;
  });
  return picture(width, height, `<rect width="${width}" height="${height}" fill="#dfe8e6"/>${stripes.join('')}`);
}

// A mark: a sail above two waves.
export function mark({ width, height }) {
  const [x, y, size] = [width / 2, height * 0.62, Math.min(width, height) * 0.5];
  const wave = (dy, colour) =>
    `<path fill="none" stroke="${colour}" stroke-width="${round(size * 0.06)}" stroke-linecap="round" d="M${round(x - size * 0.6)} ${round(y + dy)}q${round(size * 0.3)} ${round(-size * 0.18)} ${round(size * 0.6)} 0t${round(size * 0.6)} 0"/>`;
  return picture(
    width,
    height,
    `<rect width="${width}" height="${height}" fill="#f7f3ea"/>` +
      boat({ x, y, size, light: { boat: '#14526b', hills: ['', '', '#e76f51'] } }) +
      wave(size * 0.16, '#2a9d8f') +
      wave(size * 0.32, '#14526b'),
  );
}
