// How one figure is drawn: by plotly.js in Vietnamese, without its own buttons, asking no other host.
import { VIETNAMESE } from './plotly_vi.js';

export const CONFIG = {
  locale: 'vi',
  responsive: true,
  displaylogo: false,
  displayModeBar: false,
  showSendToCloud: false,
  plotlyServerURL: '',
  topojsonURL: '/static/',
  scrollZoom: false,
  doubleClick: false,
};

// plotly.js asks for the outlines of the world with every map: it gets an empty one and asks nobody.
const NOTHING = { type: 'GeometryCollection', geometries: [] };
const LAYERS = ['coastlines', 'land', 'ocean', 'lakes', 'rivers', 'countries', 'subunits'];
window.PlotlyGeoAssets = {
  topojson: {
    world_110m: { type: 'Topology', arcs: [], objects: Object.fromEntries(LAYERS.map((name) => [name, NOTHING])) },
  },
};

function loadLibrary() {
  if (window.Plotly) return Promise.resolve(window.Plotly);
  return new Promise((resolve, reject) => {
    const script = document.querySelector('script[data-plotly]');
    script.addEventListener('load', () => resolve(window.Plotly));
    script.addEventListener('error', reject);
  });
}

let library = null;

// Resolves when plotly.js is there and speaks Vietnamese.
export function plotlyReady() {
  library ??= loadLibrary().then((Plotly) => Plotly.register(VIETNAMESE));
  return library;
}

function isFinger() {
  return window.matchMedia('(hover: none)').matches;
}

function valueAt(told, path) {
  return path.split(/[.[\]]+/).filter(Boolean).reduce((value, part) => value?.[part], told) ?? '';
}

// What the label of a point says, its first line as the title, and where the point leads.
export function tell(layout, trace, place) {
  const told = trace.customdata?.[place];
  const id = trace.locations?.[place] ?? trace.ids?.[place];
  const template = [trace.hovertemplate ?? ''].flat();
  const [title, ...lines] = (template[place] ?? template[0])
    .replace(/<extra>.*/, '')
    .replaceAll(/%\{customdata([^}]*)\}/g, (_, path) => valueAt(told, path))
    .split('<br>');
  return { title, text: lines.join('\n'), url: told?.url ?? (id && layout.meta?.address?.replace('*', id)) };
}

// A mouse has seen the label and goes; a finger gets the same words first, and a link.
function onPoint(figure, plot, { points: [point] }) {
  const told = tell(plot.layout, plot.data[point.curveNumber], point.pointNumber);
  if (!told.url) return;
  if (isFinger()) showCard(figure, told);
  else window.location.assign(told.url);
}

export function showCard(figure, told) {
  const card = figure.querySelector('[data-card]');
  card.querySelector('[data-card-title]').textContent = told.title;
  card.querySelector('[data-card-text]').textContent = told.text;
  card.querySelector('[data-card-link]').href = told.url;
  card.hidden = false;
  figure.classList.add('has-card');
}

// Draws from the beginning, also over an earlier drawing; then says so.
export async function draw(figure, plot, shown) {
  const { data, layout } = structuredClone(shown);
  await window.Plotly.newPlot(plot, data, { ...layout, autosize: true }, CONFIG);
  plot.on('plotly_click', (event) => onPoint(figure, plot, event));
  figure.dataset.ready = '';
  figure.dispatchEvent(new CustomEvent('figure-drawn', { bubbles: true, detail: plot }));
}
