const shownFor = 3200;

export function toast(message: string): void {
  const element = document.createElement("div");
  element.className = "toast";
  element.textContent = message;
  host().append(element);
  setTimeout(() => element.remove(), shownFor);
}

function host(): HTMLElement {
  const place = document.querySelector("dialog:modal") ?? document.body; // what is behind an open dialog is neither seen nor read
  const existing = place.querySelector<HTMLElement>(":scope > .toasts");
  if (existing) return existing;
  const created = document.createElement("div");
  created.className = "toasts";
  created.setAttribute("role", "status");
  place.append(created);
  return created;
}
