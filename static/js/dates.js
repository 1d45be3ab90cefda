// The chips "Hôm nay" and "Hôm qua" beside a date typed as dd/mm/yyyy.
const ZONE = 'Asia/Ho_Chi_Minh';
const DAY = 24 * 60 * 60 * 1000;

export function dateText(daysAgo, now = Date.now()) {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone: ZONE, day: '2-digit', month: '2-digit', year: 'numeric' })
    .formatToParts(new Date(now - daysAgo * DAY));
  const part = (type) => parts.find((each) => each.type === type).value;
  return `${part('day')}/${part('month')}/${part('year')}`;
}

function fillIn(button) {
  const input = document.getElementById(button.dataset.for);
  input.value = dateText(Number(button.dataset.daysAgo));
  input.dispatchEvent(new Event('input', { bubbles: true }));
  input.dispatchEvent(new Event('change', { bubbles: true }));
}

// "5-9-2026", "5.9.2026" and "05092026" become 05/09/2026; anything else is left as typed.
export function tidiedDate(text) {
  const found = /^\s*(\d{1,2})[-./\s](\d{1,2})[-./\s](\d{4})\s*$/.exec(text) ?? /^\s*(\d{2})(\d{2})(\d{4})\s*$/.exec(text);
  return found ? `${found[1].padStart(2, '0')}/${found[2].padStart(2, '0')}/${found[3]}` : text;
}

export function startDates(root) {
  for (const button of root.querySelectorAll('[data-days-ago]')) {
    button.hidden = false;
    button.addEventListener('click', () => fillIn(button));
  }
  for (const input of root.querySelectorAll('[data-date]')) {
    input.addEventListener('blur', () => { input.value = tidiedDate(input.value); });
  }
}
