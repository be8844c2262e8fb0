import { toast } from "./toast";

/** [data-copy] copies its value, [data-copy="link"] the page's address, [data-copy="#id"] that element's text. */
export function startCopy(): void {
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-copy]");
    if (button) void copy(button.dataset["copy"] ?? "");
  });
}

async function copy(what: string): Promise<void> {
  const text = what === "link" ? location.href : what.startsWith("#") ? (document.querySelector(what)?.textContent ?? "") : what;
  try {
    await navigator.clipboard.writeText(text);
    toast(what === "link" ? "Link copied" : "Copied");
  } catch {
    toast("The browser did not allow copying. Select the text and copy it by hand.");
  }
}
