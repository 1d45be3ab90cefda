// Draws the figures of a page. Each stands in a <figure data-figure="address of its plotly JSON">.
//
// A click on a point goes to the `url` in its customdata, or to `layout.meta.address` with the point's id
// (or location) in place of the star. A finger first sees the point's label, with a link. What stands in
// `layout.meta.picture` is added to the layout when the figure is saved.
// When drawn, the figure gets `data-ready` and announces `figure-drawn`, with the plot as its detail.
import { draw, plotlyReady } from './figure_drawing.js';
import { startSaving } from './figure_saving.js';
import { startZoom } from './figure_zoom.js';
import { startWardMap } from './ward_map.js';

const AHEAD = '600px';
// A4 between its margins, in CSS pixels; half of it for one figure.
const PAPER_WIDTH = 670;
const PAPER_HEIGHT = 520;

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
    startWardMap(figure, plot, shown);
    await draw(figure, plot, shown);
    state.hidden = true;
    figure.querySelector('[data-hint]')?.removeAttribute('hidden');
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
// Paper is narrower than most windows: a drawing has to be made for it, and made again afterwards.
function redraw(size) {
  for (const plot of document.querySelectorAll('[data-ready] [data-plot]')) window.Plotly.relayout(plot, size(plot));
}
window.addEventListener('beforeprint', () => redraw((plot) => ({ width: PAPER_WIDTH, height: Math.min(plot.offsetHeight, PAPER_HEIGHT) })));
window.addEventListener('afterprint', () => redraw(() => ({ width: null, height: null, autosize: true })));
