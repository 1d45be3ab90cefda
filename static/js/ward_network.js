// The network of a ward is drawn in units of its own: as many of them as fit make a pixel, so that nothing
// touches on a phone and nothing is lost on a wall. Sizes follow when the window or the zoom changes.
const SMALLEST = { dot: 3, letter: 7, wished: 4.5, room: 44 };
const LARGEST = { letter: 17, pixelsPerUnit: 0.72 };

function unitsPerPixel(plot) {
  const { range, _length: pixels } = plot._fullLayout.xaxis;
  return Math.max((range[1] - range[0]) / pixels, 1 / LARGEST.pixelsPerUnit);
}

// What changes in a trace: dots, the letters inside them (`meta.font` units high), which go where they would
// have to be far larger than their dot, and names, which go where each has too little room (`meta.room` units).
function fitted({ marker, meta }, units) {
  const changes = {};
  if (marker) Object.assign(changes, { 'marker.sizeref': units, 'marker.sizemin': SMALLEST.dot / 2 });
  if (meta?.font) {
    changes['textfont.size'] = Math.min(Math.max(meta.font / units, SMALLEST.letter), LARGEST.letter);
    changes.mode = meta.font / units < SMALLEST.wished ? 'markers' : 'markers+text';
  }
  if (meta?.room) changes.visible = meta.room / units >= SMALLEST.room;
  return changes;
}

async function fit(plot) {
  const units = unitsPerPixel(plot);
  if (!Number.isFinite(units) || Math.abs(units - plot.units) < 0.01 * units) return;
  plot.units = units;
  const changes = plot.data.map((trace) => fitted(trace, units));
  const names = new Set(changes.flatMap(Object.keys));
  for (const name of names) {
    const traces = [...changes.keys()].filter((number) => name in changes[number]);
    await window.Plotly.restyle(plot, { [name]: traces.map((number) => changes[number][name]) }, traces);
  }
}

// A saved picture has another height, and thus other units to a pixel. It is set in the reader's own sans-serif,
// which may be wider than the type that the legend was measured with: entries get some air.
const AIR = '\u2003\u2003';

function fitSaved({ picture, height }) {
  const { margin, yaxis } = picture.layout;
  const units = (yaxis.range[1] - yaxis.range[0]) / (height - margin.t - margin.b);
  picture.data = picture.data.map((trace) => {
    const { 'marker.sizeref': sizeref, 'textfont.size': size, mode = trace.mode, visible } = fitted(trace, units);
    return {
      ...trace,
      mode,
      ...(trace.name && { name: `${trace.name}${AIR}` }),
      ...(sizeref && { marker: { ...trace.marker, sizeref } }),
      ...(size && { textfont: { ...trace.textfont, size } }),
      ...(visible !== undefined && { visible }),
    };
  });
}

const figure = document.getElementById('hinh-mang-luoi');
figure?.addEventListener('figure-drawn', async ({ detail: plot }) => {
  plot.units = 0;
  await fit(plot);
  figure.dataset.fitted = '';
  plot.on('plotly_afterplot', () => fit(plot));
});
figure?.addEventListener('figure-saving', ({ detail }) => fitSaved(detail));
