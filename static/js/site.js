// Every page works without this file; it only saves taps.
import { startChoices } from './choices.js';
import { startCopying } from './copy.js';
import { startDates } from './dates.js';
import { startGrids } from './grids.js';
import { startKeeping } from './keeping.js';
import { startMenus } from './menus.js';
import { startPhones } from './phones.js';
import { startPickers } from './pickers.js';
import { startPrinting } from './printing.js';
import { startSubmitting } from './submit.js';

function startWithin(root) {
  startChoices(root);
  startCopying(root);
  startDates(root);
  startGrids(root);
  startPhones(root);
  startPickers(root);
  startPrinting(root);
}

startSubmitting();
startKeeping();
startMenus();
startWithin(document);
// htmx announces the whole body first; that one is done above.
document.addEventListener('htmx:load', (event) => {
  if (event.detail.elt !== document.body) startWithin(event.detail.elt);
});
document.querySelector('[data-error-summary]')?.focus();
