// Draws the figures of a page. Each stands in a <figure data-figure="address of its plotly JSON">.
//
// What a figure's points may carry in customdata: `url` (a click goes there), `title` and `text` (what a
// finger sees first, with a link). What its layout may carry in meta: `picture`, added when it is saved.
// When drawn, the figure gets `data-ready` and announces `figure-drawn`, with the plot as its detail.
import { draw, plotlyReady } from './figure_drawing.js';
import { startSaving } from './figure_saving.js';
import { startZoom } from './figure_zoom.js';
import { startWardMap } from './ward_map.js';

const AHEAD = '600px';

async function fetchPlot(url) {
  const answer = await fetch(url, { headers: { Accept: 'application/json' } });
  if (!answer.ok || !answer.headers.get('Content-Type')?.startsWith('application/json')) throw new Error(answer.status);
  return answer.json();
}

async function start(figure) {
  const plot = figure.querySelector('[data-plot]');
  const state = figure.querySelector('[data-state]');
  try {
    const [shown] = await Promise.all([fetchPlot(figure.dataset.figure), plotlyReady()]);
    startZoom(figure, plot, shown);
    startSaving(figure, plot);
    startWardMap(figure);
    await draw(figure, plot, shown);
    state.hidden = true;
  } catch {
    state.textContent = state.dataset.failed;
  }
}

const waiting = new IntersectionObserver((seen) => {
  for (const { isIntersecting, target } of seen) {
    if (!isIntersecting) continue;
    waiting.unobserve(target);
    start(target);
  }
}, { rootMargin: AHEAD });

for (const figure of document.querySelectorAll('[data-figure]')) {
  if (figure.querySelector('[data-plot]')) waiting.observe(figure);
}
// On paper every figure has to be there.
window.addEventListener('beforeprint', () => {
  for (const plot of document.querySelectorAll('[data-ready] [data-plot]')) window.Plotly.Plots.resize(plot);
});
