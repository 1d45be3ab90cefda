// Buttons that zoom, for a map and for a plane alike.
import { draw } from './figure_drawing.js';

const LARGEST = 40;

// Ranges of a plane, or the scale of a map, around what is in the middle now.
function zoomed(layout, factor) {
  if (layout.geo) return { 'geo.projection.scale': Math.min(layout.geo.projection.scale * factor, LARGEST) };
  const changes = {};
  for (const name of ['xaxis', 'yaxis']) {
    const [first, last] = layout[name].range;
    const [middle, half] = [(first + last) / 2, (last - first) / 2 / factor];
    changes[`${name}.range`] = [middle - half, middle + half];
  }
  return changes;
}

// Zoomed in, a drag moves the picture; before that, a finger on it scrolls the page.
export async function zoomTo(figure, changes) {
  const plot = figure.querySelector('[data-plot]');
  figure.classList.add('is-zoomed');
  const all = figure.querySelector('[data-zoom="0"]');
  if (all) all.hidden = false;
  const free = plot.layout.geo ? {} : { 'xaxis.fixedrange': false, 'yaxis.fixedrange': false };
  await window.Plotly.relayout(plot, { dragmode: 'pan', ...free, ...changes });
}

async function showAll(figure, plot, shown) {
  figure.classList.remove('is-zoomed');
  figure.querySelector('[data-zoom="0"]').hidden = true;
  await draw(figure, plot, shown);
}

export function startZoom(figure, plot, shown) {
  const buttons = figure.querySelector('[data-zoom-buttons]');
  if (!buttons) return;
  buttons.hidden = false;
  buttons.addEventListener('click', (event) => {
    const factor = Number(event.target.closest('[data-zoom]')?.dataset.zoom ?? NaN);
    if (factor === 0) showAll(figure, plot, shown);
    else if (factor) zoomTo(figure, zoomed(plot._fullLayout, factor));
  });
}
