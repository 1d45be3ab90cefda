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

// A mouse has seen the label and goes; a finger gets the same words first, and a link.
function onPoint(figure, event) {
  const told = event.points[0]?.customdata;
  if (!told?.url) return;
  if (isFinger()) showCard(figure, told);
  else window.location.assign(told.url);
}

export function showCard(figure, told) {
  const card = figure.querySelector('[data-card]');
  card.querySelector('[data-card-title]').textContent = told.title ?? '';
  card.querySelector('[data-card-text]').textContent = (told.text ?? '').replaceAll('<br>', '. ');
  card.querySelector('[data-card-link]').href = told.url;
  card.hidden = false;
}

// Draws from the beginning, also over an earlier drawing; then says so.
export async function draw(figure, plot, shown) {
  const { data, layout } = structuredClone(shown);
  await window.Plotly.newPlot(plot, data, { ...layout, autosize: true }, CONFIG);
  plot.on('plotly_click', (event) => onPoint(figure, event));
  figure.dataset.ready = '';
  figure.dispatchEvent(new CustomEvent('figure-drawn', { bubbles: true, detail: plot }));
}
