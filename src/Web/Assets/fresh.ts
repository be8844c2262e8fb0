export type Freshness = "live" | "paused" | "behind" | "offline";

const words: Record<Freshness, string> = { live: "Live", paused: "Paused", behind: "Late", offline: "Offline" };

/** The indicator in the top bar: a shape, a word, and how far behind the numbers are or how many arrived while they stood still. */
export function showFreshness(state: Freshness, detail: string, arrived = 0): void {
  const element = document.querySelector<HTMLElement>(".fresh");
  if (!element) return;
  element.dataset["state"] = state;
  element.setAttribute("aria-pressed", String(state === "paused"));
  write(element, ".word", words[state]);
  write(element, ".long", detail);
  const badge = element.querySelector<HTMLElement>(".new");
  if (badge) badge.hidden = arrived === 0;
  write(element, ".new", `${arrived} new`);
}

function write(element: HTMLElement, selector: string, text: string): void {
  const part = element.querySelector(selector);
  if (part && part.textContent !== text) part.textContent = text;
}
