// Runs in the page under attack: ways to get a browser to run what is at an address. They only
// begin; `script_watch.js` sees what ran.

function add(tag, properties) {
  document.body.append(Object.assign(document.createElement(tag), properties));
}

async function asBlob(url) {
  return URL.createObjectURL(await (await fetch(url)).blob());
}

window.waysToRun = {
  iframe: (url) => add('iframe', { src: url }),
  frame: (url) => add('iframe', { srcdoc: `<frameset><frame src="${url}"></frameset>` }),
  object: (url) => add('object', { data: url }),
  objectOfType: (url) => add('object', { data: url, type: 'text/html' }),
  embed: (url) => add('embed', { src: url }),
  script: (url) => add('script', { src: url }),
  module: (url) => add('script', { src: url, type: 'module' }),
  moduleFromBlob: async (url) => add('script', { src: await asBlob(url), type: 'module' }),
  import: (url) => import(url).catch(() => {}),
  worker: (url) => new Worker(url),
  moduleWorker: (url) => new Worker(url, { type: 'module' }),
  sharedWorker: (url) => new SharedWorker(url),
  serviceWorker: (url) => navigator.serviceWorker.register(url).catch(() => {}),
};

// A copy is the page's own: no header of the stored file goes with it, only the page's policy.
window.waysToRunACopy = {
  blobFrame: async (url) => add('iframe', { src: await asBlob(url) }),
  textFrame: async (url) => add('iframe', { srcdoc: await (await fetch(url)).text() }),
};
