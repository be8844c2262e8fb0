/** Menus are <details>: they work without script, and close with Escape or a click elsewhere with it. */
export function startMenus(): void {
  document.addEventListener("click", (event) => close((menu) => !menu.contains(event.target as Node)));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close(() => true);
  });
}

function close(which: (menu: HTMLDetailsElement) => boolean): void {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.menu[open]")) {
    if (!which(menu)) continue;
    const hadFocus = menu.contains(document.activeElement);
    menu.open = false;
    if (hadFocus) menu.querySelector("summary")?.focus();
  }
}
