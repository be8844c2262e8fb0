import { HubConnectionBuilder, HubConnectionState, LogLevel, type HubConnection } from "@microsoft/signalr";
import { updateCharts } from "./chart";
import { showFreshness } from "./fresh";
import { morph } from "./morph";
import { refreshTimes, trustServerClock } from "./time";

const leastMs = 250; // the hub sends at most four messages a second
const behindMs = 3000;
const retryMs = [0, 500, 1000, 2000, 5000, 10_000];

let connection: HubConnection;
let pausedByHand = false;
let hovered: HTMLElement | null = null;
let waiting: Document | null = null; // what a paused list will show
let arrived = 0;
let lagMs = Number(document.documentElement.dataset["lag"] ?? 0);
let lastTook = 0;
let busy = false;
let dirty = false;

/** Keeps the open page in step with what the projections commit: a message says that something changed, the page asks for itself again. */
export function startLive(): void {
  if (!document.querySelector(".fresh")) return;
  connection = new HubConnectionBuilder()
    .withUrl("/live")
    .withAutomaticReconnect({ nextRetryDelayInMilliseconds: ({ previousRetryCount: n }) => jitter(retryMs[Math.min(n, retryMs.length - 1)] ?? 10_000) })
    .configureLogging(LogLevel.None)
    .build();
  connection.on("changed", (lag: number) => {
    lagMs = lag;
    changed();
  });
  connection.on("lag", (lag: number) => {
    lagMs = lag;
    if (document.documentElement.dataset["follow"] === "pipeline") changed();
    else show();
  });
  connection.onreconnecting(show);
  connection.onreconnected(() => void resync());
  connection.onclose(cutOff);
  document.addEventListener("visibilitychange", () => (document.hidden ? show() : changed()));
  document.querySelector(".fresh")?.addEventListener("click", togglePause);
  watchPointer();
  void connect(0);
}

const jitter = (ms: number): number => ms * (0.75 + Math.random() / 2);

async function connect(attempt: number): Promise<void> {
  try {
    await connection.start();
    await resync();
  } catch {
    show();
    setTimeout(() => void connect(attempt + 1), jitter(retryMs[Math.min(attempt + 1, retryMs.length - 1)] ?? 10_000));
  }
}

/** By the server, because what this page was let in for has changed: it asks with the rights that it has now. */
function cutOff(): void {
  changed();
  setTimeout(() => void connect(0), jitter(500));
}

async function resync(): Promise<void> {
  await connection.invoke("Watch", document.documentElement.dataset["app"] || null);
  changed();
}

function changed(): void {
  show();
  if (document.hidden || pausedByHand) return;
  dirty = true;
  if (!busy) void refresh();
}

/** One request at a time; a page that is dear to compute is asked for less often. */
async function refresh(): Promise<void> {
  busy = true;
  while (dirty && !document.hidden && !pausedByHand) {
    dirty = false;
    const began = performance.now();
    await fetchPage();
    lastTook = performance.now() - began;
    await new Promise((resolve) => setTimeout(resolve, Math.max(leastMs - lastTook, isAwaited() ? 0 : lastTook * 2)));
  }
  busy = false;
}

/** Somebody sits before it until the first event comes. */
const isAwaited = (): boolean => document.documentElement.dataset["follow"] === "first-event";

async function fetchPage(): Promise<void> {
  try {
    const answer = await fetch(location.href, { headers: { "X-Live": "1" }, cache: "no-store" });
    if (answer.status === 401) return location.reload();
    if (answer.status === 403) return askAnew();
    if (!answer.ok) return;
    apply(new DOMParser().parseFromString(await answer.text(), "text/html"));
  } catch {
    show(); // offline: the hub reconnects, and asks again then
  }
}

/** As a visit, never as the form again that this page may be the answer to. */
function askAnew(): void {
  location.replace(location.href);
}

function apply(page: Document): void {
  if (page.documentElement.dataset["role"] !== document.documentElement.dataset["role"]) return askAnew(); // other rights, other page
  trustServerClock(Number(page.documentElement.dataset["now"]));
  lagMs = Number(page.documentElement.dataset["lag"] ?? lagMs);
  for (const next of page.querySelectorAll("[data-live]")) {
    const current = document.getElementById(next.id);
    if (current && current !== hovered) morph(current, next, markArrived);
  }

  waiting = hovered ? page : null;
  arrived = hovered ? countNew(hovered, page) : 0;
  updateCharts();
  refreshTimes();
  show();
  document.dispatchEvent(new Event("live:applied"));
}

function markArrived(added: Element): void {
  if (added.matches("tr.entry")) added.classList.add("arrived");
}

function countNew(list: HTMLElement, page: Document): number {
  const shown = new Set([...list.querySelectorAll<HTMLElement>("[data-key]")].map((row) => row.dataset["key"]));
  const rows = page.getElementById(list.id)?.querySelectorAll<HTMLElement>("[data-key]") ?? [];
  return [...rows].filter((row) => !shown.has(row.dataset["key"])).length;
}

/** A list under the pointer stands still; what arrived meanwhile is counted, and shown when the pointer leaves. */
function watchPointer(): void {
  document.addEventListener("pointerover", (event) => {
    const list = event.pointerType === "mouse" ? (event.target as Element).closest<HTMLElement>("[data-live-list]") : null;
    if (list === hovered) return;
    hovered = list;
    arrived = 0;
    if (waiting) apply(waiting);
    else show();
  });
  document.documentElement.addEventListener("pointerleave", () => {
    hovered = null;
    if (waiting) apply(waiting);
    else show();
  });
}

function togglePause(): void {
  pausedByHand = !pausedByHand;
  if (pausedByHand) show();
  else changed();
}

/** A list that grows at its top says there, too, that it stands still, and what waits. */
function showTail(): void {
  for (const tail of document.querySelectorAll<HTMLElement>("[data-tail]")) {
    const live = (tail.dataset["tail"] ||= tail.textContent ?? "");
    const words = hovered?.contains(tail) ? `Paused while you read: ${arrived} new` : pausedByHand ? "Paused" : live;
    if (tail.textContent !== words) tail.textContent = words;
  }
}

function show(): void {
  if (connection.state !== HubConnectionState.Connected) return showFreshness("offline", "reconnecting…");
  if (pausedByHand) return showFreshness("paused", "click to go on");
  showTail();
  if (hovered) return showFreshness("paused", "while you read", arrived);
  const seconds = lagMs / 1000;
  showFreshness(lagMs > behindMs ? "behind" : "live", `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s behind`);
}
