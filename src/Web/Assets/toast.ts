const shownFor = 3200;

export function toast(message: string): void {
  const element = document.createElement("div");
  element.className = "toast";
  element.textContent = message;
  host().append(element);
  setTimeout(() => element.remove(), shownFor);
}

function host(): HTMLElement {
  const existing = document.querySelector<HTMLElement>(".toasts");
  if (existing) return existing;
  const created = document.createElement("div");
  created.className = "toasts";
  created.setAttribute("role", "status");
  document.body.append(created);
  return created;
}
