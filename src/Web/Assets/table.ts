/** Filter forms keep the address short and submit as soon as a choice is made; rows of events open to what is known of them. */
export function startTables(): void {
  document.addEventListener("submit", (event) => {
    if (event.target instanceof HTMLFormElement && event.target.matches("[data-filters]")) dropEmpty(event.target);
  });
  document.addEventListener("change", (event) => {
    const select = event.target;
    if (select instanceof HTMLSelectElement) select.closest<HTMLFormElement>("form[data-filters]")?.requestSubmit();
  });
  document.addEventListener("click", (event) => {
    const target = event.target as Element;
    const row = target.closest<HTMLTableRowElement>("tr.entry");
    if (!row || target.closest("a, .pick, [data-copy]") || getSelection()?.type === "Range") return;
    void toggle(row);
  });
}

function dropEmpty(form: HTMLFormElement): void {
  for (const field of form.querySelectorAll<HTMLInputElement | HTMLSelectElement>("input, select")) field.disabled = field.value === "";
  // Back to the form through the browser's history finds the fields usable again.
  addEventListener("pageshow", () => form.querySelectorAll<HTMLInputElement>("input, select").forEach((field) => (field.disabled = false)), { once: true });
}

async function toggle(row: HTMLTableRowElement): Promise<void> {
  const button = row.querySelector<HTMLButtonElement>(".toggle");
  const open = row.nextElementSibling;
  if (open?.matches(".entry-more")) {
    open.remove();
    button?.setAttribute("aria-expanded", "false");
    return;
  }

  const link = row.querySelector<HTMLAnchorElement>("a[data-detail]");
  if (!link || button?.getAttribute("aria-expanded") === "true") return;
  button?.setAttribute("aria-expanded", "true");
  const answer = await fetch(link.href, { headers: { "X-Live": "1" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const detail = page.querySelector("[data-summary]");
  if (!answer.ok || !detail) return location.assign(link.href);
  row.after(detailRow(row, detail));
}

function detailRow(row: HTMLTableRowElement, detail: Element): HTMLTableRowElement {
  const more = document.createElement("tr");
  more.className = "entry-more";
  more.dataset["client"] = "";
  const cell = more.insertCell();
  cell.colSpan = row.cells.length;
  cell.append(document.importNode(detail, true));
  return more;
}
