// A menu closes by Escape and by a press elsewhere.
function closeMenus(except) {
  for (const menu of document.querySelectorAll('details.menu[open]')) {
    if (menu !== except) menu.open = false;
  }
}

export function startMenus() {
  document.addEventListener('click', (event) => closeMenus(event.target.closest('details.menu')));
  document.addEventListener('keydown', (event) => {
    const open = event.key === 'Escape' && event.target.closest('details.menu[open]');
    if (open) {
      open.open = false;
      open.querySelector('summary').focus();
    }
  });
}
