const restFactor = 10; // a list that changes all the time is counted for a tenth of it at most

let isAsking = false;
let restUntil = 0;

/** [data-count] shows how many there are at least, since counting them all takes longer than the page: what its address answers takes its place. Without script a link leads to it. */
export function startCounts(): void {
  void count();
  document.addEventListener("live:applied", () => void count());
}

async function count(): Promise<void> {
  const place = document.querySelector<HTMLElement>("[data-count]");
  const began = performance.now();
  if (!place || isAsking || began < restUntil) return;
  isAsking = true;
  try {
    const answer = await fetch(place.dataset["count"] ?? "", { headers: { "X-Live": "1" }, cache: "no-store" });
    if (answer.ok) place.replaceChildren(...new DOMParser().parseFromString(await answer.text(), "text/html").body.children);
  } catch {
    // offline: the bound stands, and the link
  } finally {
    restUntil = performance.now() + restFactor * (performance.now() - began);
    isAsking = false;
  }
}
