// Phones are written 4-3-3 while they are typed: 0912 345 678.
export function groupedPhone(text) {
  const digits = text.replace(/[^\d+]/g, '').replace(/^\+?84(?=\d{9})/, '0').replace(/\D/g, '');
  return [digits.slice(0, 4), digits.slice(4, 7), digits.slice(7)].filter(Boolean).join(' ');
}

function writeGrouped(input) {
  const atEnd = input.selectionStart === input.value.length;
  // Corrections in the middle stay where the cursor is; they are grouped on leaving the field.
  if (atEnd && /^[\d\s.+-]*$/.test(input.value)) {
    input.value = input.value.startsWith('+') ? input.value : groupedPhone(input.value);
  }
}

export function startPhones(root) {
  for (const input of root.querySelectorAll('[data-phone]')) {
    input.addEventListener('input', () => writeGrouped(input));
    input.addEventListener('blur', () => {
      if (/^[\d\s.+-]+$/.test(input.value)) input.value = groupedPhone(input.value);
    });
  }
}
