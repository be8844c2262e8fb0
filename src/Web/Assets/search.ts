import { isTyping } from "./dialog";

const waitMs = 120;

/** The top bar's search: a form that works by itself, with results below the field while typing. */
export function startSearch(): void {
  const form = document.querySelector<HTMLFormElement>("form.search");
  const input = form?.querySelector("input");
  const results = form?.querySelector<HTMLElement>(".results");
  if (!form || !input || !results) return;

  let timer = 0;
  let asked = 0;
  let chosen = -1;
  const options = (): HTMLAnchorElement[] => [...results.querySelectorAll("a")];

  function choose(index: number): void {
    const all = options();
    chosen = all.length === 0 ? -1 : (index + all.length) % all.length;
    all.forEach((option, i) => option.setAttribute("aria-selected", String(i === chosen)));
    input!.setAttribute("aria-activedescendant", all[chosen]?.id ?? "");
    all[chosen]?.scrollIntoView({ block: "nearest" });
  }

  function show(visible: boolean): void {
    results!.hidden = !visible;
    input!.setAttribute("aria-expanded", String(visible));
    if (!visible) choose(-1 - options().length);
    chosen = -1;
  }

  async function ask(): Promise<void> {
    const text = input!.value.trim();
    const mine = ++asked;
    if (text.length < 2) return show(false);
    const answer = await fetch(`${form!.action}?q=${encodeURIComponent(text)}`, { headers: { "X-Live": "1" } });
    if (mine !== asked || !answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    results!.replaceChildren(...(page.querySelector("[data-results]")?.childNodes ?? []));
    options().forEach((option, i) => {
      option.id = `result-${i}`;
      option.setAttribute("role", "option");
    });
    show(true);
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void ask(), waitMs);
  });
  input.addEventListener("focus", () => {
    if (options().length > 0 && input.value.trim().length > 1) show(true);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") choose(chosen + 1);
    else if (event.key === "ArrowUp") choose(chosen < 0 ? -1 : chosen - 1);
    else if (event.key === "Escape") {
      show(false);
      input.blur();
    } else if (event.key === "Enter" && chosen >= 0) options()[chosen]?.click();
    else return;
    event.preventDefault();
  });
  form.addEventListener("focusout", (event) => {
    if (!form.contains(event.relatedTarget as Node | null)) show(false);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
}
