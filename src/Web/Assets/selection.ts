/** Rows that are ticked: how many there are, all of a page at once, and Escape to let them go. */
export function startSelection(): void {
  document.addEventListener("change", (event) => {
    const box = event.target;
    if (!(box instanceof HTMLInputElement) || box.type !== "checkbox") return;
    if (box.matches("[data-select-all]")) for (const other of boxes(box)) other.checked = box.checked;
    show();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !(event.target instanceof HTMLInputElement) || event.target.getAttribute("form") !== "selection") return;
    for (const box of ticked()) box.checked = false;
    show();
  });
  document.addEventListener("live:applied", show);
  addEventListener("pageshow", show);
}

const ticked = (): HTMLInputElement[] => [...document.querySelectorAll<HTMLInputElement>("input[type=checkbox][form=selection]:checked")];

const boxes = (all: Element): Iterable<HTMLInputElement> => all.closest("table")?.querySelectorAll<HTMLInputElement>("tbody input[type=checkbox][form=selection]") ?? [];

function show(): void {
  const count = ticked().length;
  for (const said of document.querySelectorAll("[data-selected]")) said.textContent = `${count} selected`;
  const all = document.querySelector<HTMLInputElement>("[data-select-all]");
  if (!all) return;
  const total = [...boxes(all)].length;
  all.checked = count > 0 && count === total;
  all.indeterminate = count > 0 && count < total;
}
