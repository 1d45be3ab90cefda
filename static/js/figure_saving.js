// A figure as a PNG that stands alone: with its title, what it shows, and the day. Whoever draws a figure in
// a way of its own may change the picture when `figure-saving` is announced, with picture and height.
import { CONFIG } from './figure_drawing.js';

// In pixels, but for the characters of a line and the scale.
const SAVED = { width: 1200, scale: 2, title: 64, line: 17, bottom: 24, longest: 150 };

function linesOf(text) {
  return text.split(/(?<=[.;]) /).reduce((lines, part) => {
    const joined = `${lines.at(-1)} ${part}`.trim();
    return joined.length > SAVED.longest ? [...lines, part] : [...lines.slice(0, -1), joined];
  }, ['']);
}

function asPicture(figure, plot) {
  const layout = structuredClone(plot.layout);
  const ratio = plot.offsetHeight / plot.offsetWidth;
  const height = Math.round(Math.min(Math.max(SAVED.width * ratio, 500), 1100));
  const margin = layout.margin ?? {};
  const note = linesOf(figure.dataset.note);
  const saved = {
    ...layout,
    ...layout.meta?.picture,
    title: {
      text: figure.dataset.title,
      font: { size: 20 },
      subtitle: { text: note.join('<br>'), font: { size: 12 } },
      x: 0.02,
      xanchor: 'left',
      y: 1,
      yref: 'container',
      yanchor: 'top',
      pad: { t: 20 },
    },
    margin: { ...margin, t: (margin.t ?? 0) + SAVED.title + note.length * SAVED.line, b: (margin.b ?? 0) + SAVED.bottom, l: margin.l || 24, r: margin.r || 24 },
  };
  return { picture: { data: plot.data, layout: saved, config: CONFIG }, height };
}

export function startSaving(figure, plot) {
  const button = figure.querySelector('[data-save-picture]');
  if (!button) return;
  button.hidden = false;
  button.addEventListener('click', () => {
    const { picture, height } = asPicture(figure, plot);
    figure.dispatchEvent(new CustomEvent('figure-saving', { detail: { picture, height } }));
    window.Plotly.downloadImage(picture, { format: 'png', filename: figure.dataset.name, width: SAVED.width, height, scale: SAVED.scale });
  });
}
