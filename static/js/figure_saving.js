// A figure as a PNG that stands alone: with its title, the place, what it shows, and the day. Whoever draws a figure in
// a way of its own may change the picture when `figure-saving` is announced, with picture and height.
import { CONFIG } from './figure_drawing.js';

// In pixels, but for the characters of a line and the scale.
const SAVED = { width: 1200, scale: 2, title: 64, line: 17, bottom: 24, legend: 32, longest: 150 };

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
  const note = [figure.dataset.place, ...linesOf(figure.dataset.note)];
  const kept = { ...layout.legend, ...layout.meta?.picture?.legend };
  // A legend above the drawing stands below the title.
  const legend = layout.showlegend && kept.y > 1 ? SAVED.legend : 0;
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
    margin: { ...margin, t: (margin.t ?? 0) + SAVED.title + note.length * SAVED.line + legend, b: (margin.b ?? 0) + SAVED.bottom, l: margin.l || 24, r: margin.r || 24 },
  };
  return { picture: { data: plot.data, layout: saved, config: CONFIG }, height };
}

// «Xã Chư Sê» in the name of a file: xa-chu-se.
function inFileName(place) {
  return place.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll(/[đĐ]/g, 'd').toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
}

function fileNameOf({ dataset: { name, place, day } }) {
  return `${name}-${inFileName(place)}-${day}`;
}

export function startSaving(figure, plot) {
  const button = figure.querySelector('[data-save-picture]');
  if (!button) return;
  button.hidden = false;
  button.addEventListener('click', () => {
    const { picture, height } = asPicture(figure, plot);
    figure.dispatchEvent(new CustomEvent('figure-saving', { detail: { picture, height } }));
    window.Plotly.downloadImage(picture, { format: 'png', filename: fileNameOf(figure), width: SAVED.width, height, scale: SAVED.scale });
  });
}
