/** [data-dialog="id"] opens that <dialog>; `?` opens the list of keys. A click on the backdrop closes it. */
export function startDialogs(): void {
  document.addEventListener("click", (event) => {
    const target = event.target as Element;
    const opener = target.closest<HTMLElement>("[data-dialog]");
    if (opener && opener.getAttribute("aria-disabled") !== "true") {
      open(opener.dataset["dialog"] ?? "");
      if (opener instanceof HTMLAnchorElement) event.preventDefault(); // without script it leads to the same question
    }
    if (target instanceof HTMLDialogElement) target.close();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "?" && !isTyping(event.target)) open("shortcuts");
  });
}

function open(id: string): void {
  const dialog = document.getElementById(id);
  if (dialog instanceof HTMLDialogElement && !dialog.open) dialog.showModal();
}

export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}
