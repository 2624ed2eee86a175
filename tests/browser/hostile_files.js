// Files that somebody stored so that a browser may run them. What runs says so in each way that one
// of the browser's fences may leave open: to the console, to a listener and in a dialog.

// A statement that tells `script_watch.js` that it ran, and where.
export function tell(name) {
  return `
    var where = self.document && document.currentScript && document.currentScript.src;
    where = where || self.location.href;
    var told = '/ran?' + new URLSearchParams({name: '${name}', where: where});
    console.log('RAN ${name} AT ' + where);
    try { fetch(told, {mode: 'no-cors'}).catch(function () {}); } catch (e) {}
    try { new Image().src = told; } catch (e) {}
    var isVisited = self.document && self.top === self && location.pathname !== '/page';
    try { if (isVisited) alert('RAN ${name} AT ' + where); } catch (e) {}
  `;
}

const script = (name) => `<script>//<![CDATA[\n${tell(name)}\n//]]></script>`;
const page = (name) => `<!DOCTYPE html><html><body>${script(name)}</body></html>`;
const xhtml = (name) =>
  `<html xmlns="http://www.w3.org/1999/xhtml"><body>${script(name)}</body></html>`;

// Line ends, too: an attribute would lose them, and with them where a comment ends.
const inAttribute = (text) => text.replace(/[&"<\n]/g, (each) => `&#${each.charCodeAt(0)};`);
const xhtmlFrame = (html) =>
  `<iframe xmlns="http://www.w3.org/1999/xhtml" srcdoc="${inAttribute(html)}"/>`;

function svg(inside, attributes = '') {
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ` +
    `width="40" height="40" ${attributes}><rect width="40" height="40"/>${inside}</svg>`
  );
}

const kPngHead = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');

const mhtml = (name) =>
  [
    'MIME-Version: 1.0',
    'Content-Type: multipart/related; boundary="b"; type="text/html"',
    '',
    '--b',
    'Content-Type: text/html',
    'Content-Location: http://a.test/',
    '',
    page(name),
    '--b--',
    '',
  ].join('\r\n');

// Readers look for a PDF's head in the first kilobyte: there is room for a script around it.
const kPdf = '%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n';

// A picture that tells as late as one can: when its animation begins.
export function tellingPicture(name) {
  return svg(`<animate attributeName="x" dur="1ms" onbegin="${inAttribute(tell(name))}"/>`);
}

const kMakers = {
  'script.svg': (name) => svg(script(name)),
  'onload.svg': (name) => svg('', `onload="${inAttribute(tell(name))}"`),
  'linked.svg': (name) =>
    svg(`<script xlink:href="data:text/javascript,${encodeURIComponent(tell(name))}"/>`),
  'foreign.svg': (name) => svg(`<foreignObject>${xhtmlFrame(page(name))}</foreignObject>`),
  'animated.svg': tellingPicture,
  'page.html': page,
  'loader.html': () => `<script src="/api/crm/storage/file?path=script.js"></script>`,
  'page.xhtml': xhtml,
  'page.xml': xhtml,
  'page.mht': mhtml,
  'page': page,
  'page.unknown': page,
  'page.png': page,
  'page.jpg': page,
  'page.txt': page,
  'utf16.html': (name) => Buffer.from(`\uFEFF${page(name)}`, 'utf16le'),
  'utf16.txt': (name) => Buffer.from(`\uFEFF${page(name)}`, 'utf16le'),
  'tail.png': (name) => Buffer.concat([kPngHead, Buffer.from(page(name))]),
  'tail.html': (name) => Buffer.concat([kPngHead, Buffer.from(page(name))]),
  'page.pdf': (name) => `%PDF-1.4\n${page(name)}`,
  'script.pdf': (name) => `/*\n${kPdf}*/\n${tell(name)}`,
  'script.js': tell,
  'script.mjs': tell,
  'gif.js': (name) => `GIF89a=1;${tell(name)}`,
  'gif.gif': (name) => `GIF89a=1;${tell(name)}`,
  'script.txt': tell,
  'script.csv': tell,
  'script.json': tell,
};

// By name, which is also the name under which a file says that it ran.
export const hostileFiles = new Map(
  Object.entries(kMakers).map(([name, make]) => [name, make(name)]),
);
