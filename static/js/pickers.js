// Long selects get a search that finds "Đông Ngàn" for "dong ngan". The library is fetched only where one is.
let library = null;

function loaded(tag) {
  return new Promise((resolve, reject) => {
    tag.addEventListener('load', resolve);
    tag.addEventListener('error', reject);
    document.head.prepend(tag);
  });
}

function loadLibrary(folder) {
  const style = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: `${folder}tom-select.min.css` });
  const script = Object.assign(document.createElement('script'), { src: `${folder}tom-select.base.min.js` });
  return Promise.all([loaded(style), loaded(script)]);
}

function makePicker(select) {
  const picker = new window.TomSelect(select, {
    maxOptions: 200,
    refreshThrottle: 0, // Its usual wait opens the list again when somebody types and chooses quickly.
    searchField: ['text'],
    sortField: [{ field: '$score' }, { field: '$order' }],
    render: {
      no_results: (_data, escape) => `<div class="no-results">${escape(select.dataset.pickerEmpty)}</div>`,
    },
  });
  // The library gives the label to its own control; the select behind it keeps the name.
  select.setAttribute('aria-label', picker.control_input.labels?.[0]?.textContent.trim() ?? '');
  select.addEventListener('focus', () => picker.focus());
  const describedBy = select.getAttribute('aria-describedby');
  if (describedBy) picker.control_input.setAttribute('aria-describedby', describedBy);
  if (select.getAttribute('aria-invalid')) picker.control_input.setAttribute('aria-invalid', 'true');
}

async function makePickers(selects) {
  library ??= loadLibrary(selects[0].dataset.picker);
  try {
    await library;
  } catch {
    return; // The plain select stays.
  }
  selects.forEach(makePicker);
}

// One that is folded away waits until it is shown: most people never open it.
export function startPickers(root) {
  const selects = [...root.querySelectorAll('select[data-picker]')].filter((select) => !select.tomselect);
  if (selects.length === 0) return;
  const observer = new IntersectionObserver((changes) => {
    const shown = changes.filter((change) => change.isIntersecting).map((change) => change.target);
    shown.forEach((select) => observer.unobserve(select));
    if (shown.length) makePickers(shown);
  }, { rootMargin: '10000%' });
  selects.forEach((select) => observer.observe(select));
}
