// The form of the desk as markup that can be kept and shown again, and its answers as an entry.
import { dateText } from './dates.js';

const KEYS = ['csrf_token', 'form_key'];
export const FORM = '[data-kept-form] > form';

// A key nobody guesses or meets twice, as the server makes them.
function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(18));
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_');
}

// The form as the server sent it, without its keys. Null where it came back with errors or answers.
export function plainForm(markup) {
  const template = document.createElement('template');
  template.innerHTML = markup ?? '';
  const form = template.content.querySelector('form');
  if (!form || location.search || form.querySelector('[data-error-summary]')) return null;
  for (const key of form.querySelectorAll(KEYS.map((name) => `[name="${name}"]`).join())) key.remove();
  return form.outerHTML;
}

// A page left open overnight begins the morning with the new day, unless another one was chosen.
let shownDay = dateText(0);

export function renewDay() {
  const today = dateText(0);
  const field = document.querySelector(`${FORM} [name="service_date"]`);
  if (field?.value === shownDay) field.value = today;
  shownDay = today;
}

export function showForm(holder, { form, ward }) {
  holder.innerHTML = form;
  holder.dataset.ward = ward;
  const day = holder.querySelector('[name="service_date"]');
  if (day) day.value = dateText(0);
  // Whoever enlivens new parts of a page listens for this (site.js).
  holder.dispatchEvent(new CustomEvent('htmx:load', { bubbles: true, detail: { elt: holder } }));
}

function chosenText(form, name) {
  for (const control of form.querySelectorAll(`[name="${name}"]`)) {
    if (control.checked) return control.labels[0].textContent.trim();
    if (control.selectedOptions && control.value) return control.selectedOptions[0].textContent.trim();
  }
  return '';
}

const isOther = (form) => form.querySelector('[name="procedure"][value="khac"]')?.checked;

// The questions without an answer, which the server would refuse when the visitor is long gone.
export function unanswered(form) {
  const groups = [...form.querySelectorAll('fieldset')].filter((group) => !group.querySelector('.optional') && group.querySelector('[type="radio"]'));
  const open = groups.filter((group) => !group.querySelector(':checked')).map((group) => group.querySelector('legend'));
  const other = form.elements.other_procedure;
  if (isOther(form) && !other?.value) open.push(form.querySelector(`[for^="${other.id}"]`));
  return open.map((label) => label.textContent.trim());
}

export function readEntry(form, account) {
  const fields = [...new FormData(form)].filter(([name]) => !KEYS.includes(name));
  const { ward } = form.parentElement.dataset;
  if (ward) fields.push(['ward', ward]);
  return {
    id: form.elements.form_key?.value || newKey(),
    account,
    fields,
    madeAt: new Date().toISOString(),
    what: [chosenText(form, isOther(form) ? 'other_procedure' : 'procedure'), chosenText(form, 'mode')].filter(Boolean).join(', '),
    isRefused: false,
    reasons: [],
    notBefore: 0,
  };
}

// An emptied form must not send another entry under the key of the last one.
export function emptyForm(form) {
  form.reset();
  setKey(form, newKey());
}

function setKey(form, key) {
  const field = form.elements.form_key ?? form.appendChild(Object.assign(document.createElement('input'), { type: 'hidden', name: 'form_key' }));
  field.value = key;
}

export function fillIn(form, entry) {
  for (const control of form.elements) {
    const values = entry.fields.filter(([name]) => name === control.name).map(([, value]) => value);
    if (control.type === 'radio' || control.type === 'checkbox') control.checked = values.includes(control.value);
    else if (control.name && control.type !== 'hidden') control.value = values[0] ?? '';
    control.tomselect?.sync();
  }
  for (const fold of form.querySelectorAll('details')) fold.open = true;
  setKey(form, entry.id);
}
