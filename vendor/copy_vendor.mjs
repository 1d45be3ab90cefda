// Copies the third-party files named below from node_modules into static/, makes the icon sprite and the
// bundle of plotly.js, compresses what compresses well, and writes vendor.lock.json with the SHA-256 of each
// file. Run: npm ci && npm run copy
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { bundlePlotly } from './plotly_bundle.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = dirname(HERE);

const PACKAGES = {
  'htmx.org': { 'dist/htmx.min.js': 'htmx.min.js' },
  'tom-select': {
    'dist/js/tom-select.base.min.js': 'tom-select.base.min.js',
    'dist/css/tom-select.min.css': 'tom-select.min.css',
  },
  '@fontsource/be-vietnam-pro': Object.fromEntries(
    ['latin', 'vietnamese'].flatMap((subset) =>
      [400, 600].map((weight) => {
        const file = `be-vietnam-pro-${subset}-${weight}-normal.woff2`;
        return [`files/${file}`, file];
      }),
    ),
  ),
  'bootstrap-icons': {},
  'plotly.js': {},
};

// Our name of an icon → its name in bootstrap-icons, where the two differ.
const RENAMED_ICONS = { plus: 'plus-lg', check: 'check-lg', close: 'x-lg', undo: 'arrow-counterclockwise' };
const ICONS = [
  'archive', 'arrow-left', 'arrow-right', 'bar-chart', 'binoculars', 'building', 'calendar-check',
  'calendar-day', 'calendar-week', 'calendar3', 'chat-dots', 'check', 'check2-all', 'chevron-down', 'chevron-right', 'clipboard-check',
  'clipboard-plus', 'clock', 'close', 'copy', 'diagram-3', 'download', 'envelope',
  'exclamation-triangle', 'file-earmark-spreadsheet', 'file-earmark-text', 'flag', 'funnel',
  'geo-alt', 'heart-pulse', 'hdd', 'hourglass-split', 'house', 'info-circle', 'journal-text', 'key',
  'link-45deg', 'list-check', 'list-ul', 'map', 'mortarboard', 'pause-circle', 'pencil', 'pencil-square', 'people', 'person-badge',
  'person-circle', 'person-gear', 'person-plus', 'plus', 'printer', 'question-circle', 'search',
  'send', 'shield-lock', 'signpost-split', 'sliders', 'tags', 'telephone', 'three-dots', 'trash3',
  'box-arrow-right', 'undo', 'upload',
];

const lock = [];

function packageDirectory(name) {
  return join(HERE, 'node_modules', name);
}

function packageVersion(name) {
  return JSON.parse(readFileSync(join(packageDirectory(name), 'package.json'), 'utf8')).version;
}

function writeLocked(name, file, content) {
  mkdirSync(dirname(join(ROOT, file)), { recursive: true });
  writeFileSync(join(ROOT, file), content);
  const sha256 = createHash('sha256').update(content).digest('hex');
  lock.push({ name, version: packageVersion(name), file, sha256 });
}

// The server sends these as they are to browsers that take them, instead of compressing at every request.
function writeCompressed(name, file, content) {
  writeLocked(name, file, content);
  writeLocked(name, `${file}.gz`, gzipSync(content, { level: 9 }));
  writeLocked(name, `${file}.br`, brotliCompressSync(content));
}

function targetOf(name) {
  return `static/vendor/${name.split('/').at(-1)}-${packageVersion(name)}`;
}

function copyPackage(name, files) {
  for (const [from, to] of Object.entries({ LICENSE: 'LICENSE', ...files })) {
    const content = readFileSync(join(packageDirectory(name), from));
    const target = `${targetOf(name)}/${to}`;
    if (/\.(js|css)$/.test(to)) {
      const text = content.toString('utf8').replace(/\n?(\/\/|\/\*)# sourceMappingURL=\S+( \*\/)?\s*$/, '\n');
      writeCompressed(name, target, text);
    } else {
      writeLocked(name, target, content);
    }
  }
}

function makeSprite() {
  const symbols = ICONS.map((icon) => {
    const source = join(packageDirectory('bootstrap-icons'), 'icons', `${RENAMED_ICONS[icon] ?? icon}.svg`);
    const paths = readFileSync(source, 'utf8').replace(/^<svg[^>]*>\s*|\s*<\/svg>\s*$/g, '');
    return `<symbol id="${icon}" viewBox="0 0 16 16" fill="currentColor">${paths.replace(/\s*\n\s*/g, '')}</symbol>`;
  });
  const sprite = `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join('\n')}\n</svg>\n`;
  writeLocked('bootstrap-icons', 'static/img/icons.svg', sprite);
}

// The outlines of the wards are ours, but sent as rarely and as large as a library.
function compressBoundaries() {
  const file = join(ROOT, 'data/wards.geojson');
  const content = readFileSync(file);
  writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
  writeFileSync(`${file}.br`, brotliCompressSync(content));
}

rmSync(join(ROOT, 'static/vendor'), { recursive: true, force: true });
Object.entries(PACKAGES).forEach(([name, files]) => copyPackage(name, files));
makeSprite();
writeCompressed('plotly.js', `${targetOf('plotly.js')}/plotly.min.js`, await bundlePlotly());
compressBoundaries();
writeFileSync(join(HERE, 'vendor.lock.json'), `${JSON.stringify(lock, null, 2)}\n`);
