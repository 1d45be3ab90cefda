// Makes one bundle of the parts of plotly.js that our figures use, with no address to fetch from.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const HERE = dirname(fileURLToPath(import.meta.url));

// Descriptions of attributes are for its documentation; its own builds leave them out, too.
const DESCRIPTIONS = [
  /^\s*description: \[[\s\S]*?\]\s*\.join\([^)]*\),?$/gm,
  /^\s*description:\s*'(?:[^'\\]|\\.)*',?$/gm,
  /^\s*description:\s*"(?:[^"\\]|\\.)*",?$/gm,
];

// Where it would get outlines of the world, and where its «edit in the cloud» button would send the data.
const ADDRESSES = { 'https://cdn.plot.ly/un/': '/static/', 'https://cloud.plotly.com/newchart': '' };

const withoutDescriptions = {
  name: 'without-descriptions',
  setup(bundle) {
    bundle.onLoad({ filter: /plotly\.js\/src\/.*\.js$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8');
      return { loader: 'js', contents: DESCRIPTIONS.reduce((text, part) => text.replace(part, ''), source) };
    });
  },
};

function withoutAddresses(script) {
  return Object.entries(ADDRESSES).reduce((text, [address, ours]) => {
    if (!text.includes(address)) throw new Error(`plotly.js no longer names ${address}`);
    return text.replaceAll(address, ours);
  }, script);
}

export async function bundlePlotly() {
  const { outputFiles } = await build({
    entryPoints: [join(HERE, 'plotly_entry.cjs')],
    bundle: true,
    minify: true,
    format: 'iife',
    globalName: 'Plotly',
    define: { global: 'window' },
    target: 'es2018',
    legalComments: 'eof',
    loader: { '.css': 'empty' },
    plugins: [withoutDescriptions],
    write: false,
  });
  return withoutAddresses(outputFiles[0].text);
}
