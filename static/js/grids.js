// A table of inputs as a spreadsheet: arrows and Enter move, what is entered next replaces the cell.
const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

function cellsOf(table) {
  return [...table.querySelectorAll('tr')]
    .map((row) => [...row.querySelectorAll('input')])
    .filter((row) => row.length);
}

// Left and right move the caret first, in a text that is long enough for it.
const LONGEST_MARK = 10;

function isAtEdge(input, key) {
  const { selectionStart, selectionEnd, value } = input;
  if (input.maxLength <= LONGEST_MARK) return true;
  if (selectionStart === 0 && selectionEnd === value.length) return true;
  return selectionStart === selectionEnd
    && selectionStart === (key === 'ArrowLeft' ? 0 : value.length);
}

// Below the last row the next column begins, as on paper.
function below(rows, row, column) {
  return rows[row + 1]?.[column] ?? rows[0][column + 1];
}

function onKey(event, table) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  const rows = cellsOf(table);
  const row = rows.findIndex((cells) => cells.includes(event.target));
  if (row < 0) return;
  const column = rows[row].indexOf(event.target);
  let next;
  if (event.key === 'Enter') {
    event.preventDefault();
    next = event.shiftKey ? rows[row - 1]?.[column] : below(rows, row, column);
  } else if (STEPS[event.key] && !event.shiftKey) {
    const [down, right] = STEPS[event.key];
    if (right && !isAtEdge(event.target, event.key)) return;
    event.preventDefault();
    next = rows[row + down]?.[column + right];
  }
  next?.focus();
}

export function startGrids(root) {
  for (const table of root.querySelectorAll('[data-grid]')) {
    table.addEventListener('keydown', (event) => onKey(event, table));
    table.addEventListener('focusin', (event) => event.target.select?.());
    const isWrong = table.querySelector('[aria-invalid]');
    if (!isWrong) table.querySelector('input')?.focus();
  }
}
