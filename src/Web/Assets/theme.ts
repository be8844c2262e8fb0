import { remember } from "./cookie";

const system = matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set<() => void>();

export function onThemeChange(listener: () => void): void {
  listeners.add(listener);
}

export function startTheme(): void {
  system.addEventListener("change", announce);
  for (const button of document.querySelectorAll<HTMLElement>("[data-theme-toggle]")) button.addEventListener("click", toggle);
}

function toggle(): void {
  const root = document.documentElement;
  const current = root.dataset["theme"] || (system.matches ? "dark" : "light");
  const next = current === "dark" ? "light" : "dark";
  root.dataset["theme"] = next;
  remember("theme", next);
  announce();
}

function announce(): void {
  for (const listener of listeners) listener();
}

/** A colour token as canvas understands it: custom properties keep light-dark() unresolved, so a probe resolves it. */
export function colour(token: string): string {
  const probe = document.createElement("i");
  probe.hidden = true;
  probe.style.color = `var(--${token})`;
  document.body.append(probe);
  const resolved = getComputedStyle(probe).color;
  probe.remove();
  return resolved;
}
