// The map of the wards: names appear when there is room for them; a ward that is looked for is marked.
import { showCard } from './figure_drawing.js';
import { zoomTo } from './figure_zoom.js';

const ROOM_FOR_NAMES = 2.6;
const CLOSE = 5;

function traceOf(plot, meta) {
  return plot.data.findIndex((trace) => trace.meta === meta);
}

function tellings(plot) {
  const told = new Map();
  for (const { locations, customdata } of plot.data) {
    locations?.forEach((code, place) => told.set(code, customdata[place]));
  }
  return told;
}

// Below each sign the name without its kind, or the sign alone.
function writeNames(plot) {
  const isClose = plot._fullLayout.geo.projection.scale >= ROOM_FOR_NAMES;
  if (isClose === plot.isClose) return;
  plot.isClose = isClose;
  const [signs, names] = [traceOf(plot, 'signs'), traceOf(plot, 'names')];
  plot.signs ??= plot.data[signs].text;
  const told = tellings(plot);
  const text = plot.data[signs].ids.map((code, place) => {
    const name = told.get(code).title.replace(/^(xã|phường) /, '');
    return isClose && plot.signs[place] ? `${plot.signs[place]}<br>${name}` : plot.signs[place];
  });
  window.Plotly.restyle(plot, { text: [text], 'textfont.size': isClose ? 12 : 9 }, [signs]);
  window.Plotly.restyle(plot, { visible: !isClose }, [names]);
}

async function find(figure, plot, code) {
  const signs = plot.data[traceOf(plot, 'signs')];
  const place = signs.ids.indexOf(code);
  if (place < 0) return;
  const [lon, lat] = [signs.lon[place], signs.lat[place]];
  await window.Plotly.restyle(plot, { lon: [[lon]], lat: [[lat]], visible: true }, [traceOf(plot, 'mark')]);
  await zoomTo(figure, { 'geo.center': { lon, lat }, 'geo.projection.scale': CLOSE });
  showCard(figure, tellings(plot).get(code));
  figure.dataset.marked = code;
}

// The address keeps what was looked for: it can be sent, and Back comes back to it.
function keep(code) {
  const address = new URL(window.location.href);
  address.searchParams.set('xa', code);
  window.history.replaceState(null, '', address);
}

export function startWardMap(figure) {
  const choice = document.querySelector('[data-ward-choice] select');
  if (!choice || !figure.matches('#hinh-ban-do')) return;
  let plot = null;
  figure.addEventListener('figure-drawn', (event) => {
    const isFirst = plot === null;
    plot = event.detail;
    plot.isClose = false;
    plot.on('plotly_relayout', () => writeNames(plot));
    if (isFirst && choice.value) find(figure, plot, choice.value);
  });
  choice.addEventListener('change', () => {
    if (!plot || !choice.value) return;
    find(figure, plot, choice.value);
    keep(choice.value);
  });
}
