import { remember } from "./cookie";

const exact = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
let skew = 0;

/** The server's clock, so that a wrong clock on the viewer's machine doesn't make events come from the future. */
export const now = (): number => Date.now() + skew;

export function trustServerClock(epochMs: number): void {
  if (Number.isFinite(epochMs) && epochMs > 0) skew = epochMs - Date.now();
}

/** The same words as the server writes: see Ago in Pages/Shared/Words.cs. */
export function ago(at: number): string {
  const seconds = Math.max(0, Math.floor((now() - at) / 1000));
  if (seconds < 1) return "now";
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ago`;
  return `${Math.floor(seconds / 86_400)} d ago`;
}

export const exactly = (at: number): string => `${exact.format(at)} ${zone}`;

export function startTimes(): void {
  const knownZone = document.documentElement.dataset["tz"];
  if (knownZone !== zone) remember("tz", zone);
  trustServerClock(Number(document.documentElement.dataset["now"]));
  refreshTimes();
  setInterval(refreshTimes, 1000);
}

export function refreshTimes(): void {
  for (const element of document.querySelectorAll<HTMLTimeElement>("time[data-ago]")) {
    const at = Date.parse(element.dateTime);
    const words = ago(at);
    if (element.textContent !== words) element.textContent = words;
    if (element.dataset["zoned"] === element.dateTime) continue;
    element.title = exactly(at);
    element.dataset["zoned"] = element.dateTime;
  }
}
