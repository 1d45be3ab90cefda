// A second press within three seconds is ignored; the button is marked as busy, never disabled.
const PAUSE = 3000;
const sentAt = new WeakMap();

function rest(form) {
  for (const button of form.querySelectorAll('[aria-busy]')) button.removeAttribute('aria-busy');
  sentAt.delete(form);
}

function onSubmit(event) {
  const form = event.target;
  if (form.method !== 'post') return;
  if (Date.now() - (sentAt.get(form) ?? -PAUSE) < PAUSE) {
    event.preventDefault();
    return;
  }
  sentAt.set(form, Date.now());
  event.submitter?.setAttribute('aria-busy', 'true');
  setTimeout(() => rest(form), PAUSE);
}

export function startSubmitting() {
  document.addEventListener('submit', onSubmit);
  // Coming back by the Back button finds a page as it was left.
  window.addEventListener('pageshow', () => document.querySelectorAll('form').forEach(rest));
}
