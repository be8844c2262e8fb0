import { highlighted, mostHighlighted } from "./json";
import { toast } from "./toast";

/** <form data-payload> asks for an event's payload; what is answered opens over the page, and is gone when it closes. Without script the form leads to the same. */
export function startPayloads(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (!form.matches("[data-payload]")) return;
    event.preventDefault();
    if (!form.hasAttribute("aria-busy")) void view(form);
  });
  const shown = document.querySelector<HTMLDialogElement>("dialog#payload[open]");
  if (shown) show(shown);
}

async function view(form: HTMLFormElement): Promise<void> {
  const done = busy(form);
  try {
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form) as never), headers: { "X-Live": "1" }, cache: "no-store" });
    if (!answer.ok) return form.submit(); // the page says what is wrong
    const dialog = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector<HTMLDialogElement>("dialog#payload");
    if (dialog) show(document.importNode(dialog, true));
  } catch {
    toast("The server did not answer. Please try again.");
  } finally {
    done();
  }
}

function busy(form: HTMLFormElement): () => void {
  const label = form.querySelector<HTMLElement>("[data-label]");
  const said = label?.textContent ?? "";
  form.setAttribute("aria-busy", "true");
  if (label) label.textContent = "Asking the app…";
  return () => {
    form.removeAttribute("aria-busy");
    if (label) label.textContent = said;
  };
}

function show(dialog: HTMLDialogElement): void {
  document.getElementById("payload")?.remove();
  dialog.removeAttribute("open");
  const json = dialog.querySelector("[data-json]");
  const text = json?.textContent ?? "";
  if (text.length <= mostHighlighted) json?.replaceChildren(highlighted(text));
  else dialog.querySelector("[data-note]")?.prepend("Too long to be laid out: shown as it came. ");
  dialog.addEventListener("close", () => dialog.remove(), { once: true });
  document.body.append(dialog);
  dialog.showModal();
}
