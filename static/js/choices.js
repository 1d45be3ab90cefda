// Lists to tick: "choose all", and the number of ticked rows on the button ("Ghép 2 người").
function boxesOf(list) {
  return [...list.querySelectorAll('input[type="checkbox"]:not(:disabled)')];
}

function writeCount(form) {
  const ticked = form.querySelectorAll('[data-check-list] input[type="checkbox"]:checked').length;
  for (const button of form.querySelectorAll('[data-count-pattern]')) {
    const label = button.querySelector('span');
    label.dataset.plain ??= label.textContent;
    label.textContent = ticked ? button.dataset.countPattern.replace('{n}', ticked) : label.dataset.plain;
  }
}

export function startChoices(root) {
  for (const list of root.querySelectorAll('[data-check-list]')) {
    const form = list.closest('form');
    const all = list.querySelector('[data-check-all]');
    if (all && boxesOf(list).length > 1) {
      all.hidden = false;
      all.addEventListener('click', () => {
        const isTicking = boxesOf(list).some((box) => !box.checked);
        boxesOf(list).forEach((box) => { box.checked = isTicking; });
        if (form) writeCount(form);
      });
    }
    if (form) {
      list.addEventListener('change', () => writeCount(form));
      writeCount(form);
    }
  }
}
