// Copies a text; on plain HTTP, where there is no clipboard API, through the selection.
async function copied(area) {
  if (navigator.clipboard && window.isSecureContext) {
    try {
      await navigator.clipboard.writeText(area.value);
      return true;
    } catch {
      // The in-app browsers refuse it at times: try the old way below.
    }
  }
  // What is folded cannot be selected.
  area.closest('details')?.setAttribute('open', '');
  area.focus();
  area.select();
  area.setSelectionRange(0, area.value.length);
  return document.execCommand('copy');
}

export function startCopying(root) {
  for (const block of root.querySelectorAll('[data-copy]')) {
    const area = block.querySelector('textarea');
    const button = block.querySelector('[data-copy-button]');
    const status = block.querySelector('[role="status"]');
    button.hidden = false;
    button.addEventListener('click', async () => {
      status.textContent = (await copied(area)) ? status.dataset.copied : status.dataset.select;
    });
  }
}
