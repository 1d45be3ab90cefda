// Shows what this browser keeps for the person who uses it: how much waits, why, and what was refused.
import { dateText } from './dates.js';

const MOST_SHOWN = 50;
const CLOCK = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Ho_Chi_Minh', hour: '2-digit', minute: '2-digit' });

export const filled = (pattern, number) => pattern.replace('{n}', number);

export function reasonText({ label, message }) {
  return label ? `${label}${/[?:]$/.test(label) ? '' : ':'} ${message}` : message;
}

function entryItem(template, entry, actions) {
  const item = template.content.cloneNode(true).firstElementChild;
  const part = (name) => item.querySelector(`[data-${name}]`);
  part('what').textContent = entry.what;
  part('when').textContent = `${CLOCK.format(new Date(entry.madeAt))} ${dateText(0, Date.parse(entry.madeAt)).slice(0, -'/yyyy'.length)}`;
  part('reasons').textContent = entry.reasons.map(reasonText).join(' ');
  part('reasons').hidden = !entry.isRefused;
  item.querySelector('.outbox-actions').hidden = !entry.isRefused;
  for (const [name, act] of Object.entries(actions)) part(name).addEventListener('click', (event) => act(entry, event.currentTarget));
  return item;
}

// `state` says why entries wait ('offline', …), or that `sentCount` of them were sent.
export function showOutbox(section, entries, { state, sentCount, actions }) {
  const template = section.querySelector('[data-outbox-entry]');
  const heading = section.querySelector('[data-outbox-count]');
  heading.textContent = filled(heading.dataset.pattern, entries.length);
  heading.hidden = entries.length === 0;
  const itemsOf = (some) => some.slice(-MOST_SHOWN).map((entry) => entryItem(template, entry, actions));
  const waiting = entries.filter((entry) => !entry.isRefused);
  section.querySelector('[data-refused]').replaceChildren(...itemsOf(entries.filter((entry) => entry.isRefused)));
  const fold = section.querySelector('[data-waiting]');
  fold.hidden = waiting.length === 0;
  fold.querySelector('.outbox-list').replaceChildren(...itemsOf(waiting));
  for (const line of section.querySelectorAll('[data-outbox-state]')) {
    line.hidden = line.dataset.outboxState !== state;
    if (line.dataset.pattern) line.querySelector('span').textContent = filled(line.dataset.pattern, sentCount);
  }
  section.hidden = entries.length === 0 && state !== 'sent';
}
