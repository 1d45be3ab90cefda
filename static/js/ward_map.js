// The map of the wards: names appear when there is room for them; a ward that is looked for is marked.
import { showCard, tell } from './figure_drawing.js';
import { zoomTo } from './figure_zoom.js';

const ROOM_FOR_NAMES = 2.6;
const CLOSE = 5;
const KIND = /^(xã|phường) /;
const NARROW = 600;
const SIZES = { narrow: 8, wide: 12, close: 13 };

function traceOf(plot, meta) {
  return plot.data.findIndex((trace) => trace.meta === meta);
}

// What is told about each ward, by its code.
function tellings(plot) {
  const told = new Map();
  for (const trace of plot.data) {
    if (trace.customdata) trace.locations?.forEach((code, place) => told.set(code, tell(plot.layout, trace, place)));
  }
  return told;
}

// A surface of stripes for wards without data; kept in the page, since a plot knows plain colours only.
function stripes(plot) {
  const known = plot.querySelector('#stripes');
  if (known) return known;
  const make = (name, values) => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', name);
    Object.entries(values).forEach(([key, value]) => element.setAttribute(key, value));
    return element;
  };
  const pattern = make('pattern', { id: 'stripes', width: 6, height: 6, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' });
  pattern.append(make('rect', { width: 6, height: 6, fill: '#eceff2' }), make('rect', { width: 2, height: 6, fill: '#cdd5dc' }));
  plot.querySelector('.main-svg defs').append(pattern);
  return pattern;
}

function hatch(plot) {
  const shown = plot.data.filter((trace) => trace.type === 'choropleth');
  const missing = shown.findIndex((trace) => trace.meta === 'no_data');
  const surfaces = plot.querySelectorAll('.choroplethlayer > .trace')[missing]?.querySelectorAll('path') ?? [];
  if (surfaces.length) stripes(plot);
  for (const surface of surfaces) surface.style.setProperty('fill', 'url(#stripes)');
}

// Close by, each sign has the name below it; from afar a few towns are named, and islands are discs.
function writeNames(plot) {
  const isClose = plot._fullLayout.geo.projection.scale >= ROOM_FOR_NAMES;
  if (isClose === plot.isClose) return;
  plot.isClose = isClose;
  const [signs, names, islands] = ['signs', 'names', 'islands'].map((meta) => traceOf(plot, meta));
  const { ids, text, textfont } = plot.shown.data[signs];
  const told = tellings(plot);
  const named = ids.map((code, place) => `${text[place]}<br>${told.get(code).title.replace(KIND, '')}`);
  const { color, shadow } = plot.shown.data[names].textfont;
  const changes = isClose
    ? { text: [named], textfont: { ...textfont, color, shadow, size: SIZES.close } }
    : { text: [text], textfont };
  window.Plotly.restyle(plot, changes, [signs]);
  window.Plotly.restyle(plot, { visible: !isClose }, [names, islands]);
}

function mark(plot, code) {
  return window.Plotly.restyle(plot, { locations: [[code]], z: [[1]], visible: true }, [traceOf(plot, 'mark')]);
}

async function find(figure, plot, code) {
  const { ids, lon, lat } = plot.data[traceOf(plot, 'signs')];
  const place = ids.indexOf(code);
  if (place < 0) return;
  await mark(plot, code);
  await zoomTo(figure, { 'geo.center': { lon: lon[place], lat: lat[place] }, 'geo.projection.scale': CLOSE });
  showCard(figure, tellings(plot).get(code));
  figure.querySelector('.figure-frame').scrollIntoView({ block: 'nearest' });
  figure.dataset.marked = code;
}

// The address keeps what was looked for: it can be sent, and Back comes back to it.
function keep(code) {
  const address = new URL(window.location.href);
  address.searchParams.set('xa', code);
  window.history.replaceState(null, '', address);
}

// The frame is wider than the province: its whole width is to be used when one zooms in.
function widen(geo, plot) {
  const [[west, east], [south, north]] = [geo.lonaxis.range, geo.lataxis.range];
  const wanted = (north - south) * (plot.offsetWidth / plot.offsetHeight);
  const more = Math.max(0, wanted - (east - west)) / 2;
  geo.lonaxis.range = [west - more, east + more];
}

export function startWardMap(figure, plot, shown) {
  const choice = document.querySelector('[data-ward-choice] select');
  if (!choice || !figure.matches('#hinh-ban-do')) return;
  widen(shown.layout.geo, plot);
  shown.data[traceOf(shown, 'signs')].textfont.size = plot.offsetWidth < NARROW ? SIZES.narrow : SIZES.wide;
  plot.shown = shown;
  let isFirst = true;
  figure.addEventListener('figure-drawn', () => {
    plot.isClose = false;
    hatch(plot);
    plot.on('plotly_afterplot', () => hatch(plot));
    plot.on('plotly_relayout', () => writeNames(plot));
    plot.on('plotly_click', ({ points: [{ location }] }) => location && mark(plot, location));
    if (isFirst && choice.value) find(figure, plot, choice.value);
    isFirst = false;
  });
  choice.addEventListener('change', () => {
    if (isFirst || !choice.value) return;
    find(figure, plot, choice.value);
    keep(choice.value);
    choice.tomselect?.blur();
  });
}
