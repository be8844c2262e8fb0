import type uPlot from "uplot";
import type { ChartData } from "./chart-data";

const when = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
const numbers = new Intl.NumberFormat("en-US", { maximumFractionDigits: 2 });

export const exactValue = (value: number | null | undefined, unit: string): string =>
  value === null || value === undefined ? "–" : `${numbers.format(value)}${unit === "" ? "" : ` ${unit}`}`;

export const whenOf = (data: ChartData, index: number): string => when.format((data.x[index] ?? 0) * 1000);

/** Exact values beside the cursor: with the pointer, or with the arrow keys while the chart has the focus. Enter or a click opens the events. */
export function chartTip(host: HTMLElement, data: () => ChartData, open: (index: number) => void): uPlot.Plugin {
  const tip = document.createElement("div");
  tip.className = "tip";
  tip.hidden = true;
  tip.setAttribute("aria-live", "polite");
  let dragged = false;

  function show(plot: uPlot): void {
    const index = plot.cursor.idx;
    tip.hidden = index === null || index === undefined || (plot.cursor.left ?? -1) < 0;
    if (tip.hidden || index === null || index === undefined) return;
    tip.replaceChildren(...contents(data(), index));
    const left = plot.over.offsetLeft + (plot.cursor.left ?? 0);
    const roomRight = left + 14 + tip.offsetWidth < host.clientWidth;
    tip.style.left = `${roomRight ? left + 14 : Math.max(0, left - 14 - tip.offsetWidth)}px`;
  }

  function keys(plot: uPlot, event: KeyboardEvent): void {
    const last = plot.data[0].length - 1;
    const index = plot.cursor.idx ?? last;
    const next = { ArrowLeft: index - 1, ArrowRight: index + 1, Home: 0, End: last }[event.key];
    if (event.key === "Enter" && plot.cursor.idx !== null) open(index);
    if (event.key === "Escape") plot.setCursor({ left: -10, top: -10 });
    if (next === undefined) return;
    event.preventDefault();
    const at = plot.data[0][Math.min(Math.max(next, 0), last)] ?? 0;
    plot.setCursor({ left: plot.valToPos(at, "x"), top: 10 });
  }

  return {
    hooks: {
      ready: [
        (plot) => {
          host.append(tip);
          const abort = new AbortController();
          const { signal } = abort;
          host.addEventListener("keydown", (event) => keys(plot, event), { signal });
          host.addEventListener("blur", () => plot.setCursor({ left: -10, top: -10 }), { signal });
          plot.over.addEventListener("mousedown", () => (dragged = false), { signal });
          plot.over.addEventListener("mousemove", () => (dragged ||= plot.select.width > 3), { signal });
          plot.over.addEventListener("click", () => {
            if (!dragged && plot.cursor.idx !== null && plot.cursor.idx !== undefined) open(plot.cursor.idx);
          }, { signal });
          plot.hooks.destroy = [() => abort.abort()];
        },
      ],
      setCursor: [show],
    },
  };
}

function contents(data: ChartData, index: number): HTMLElement[] {
  const at = document.createElement("div");
  at.className = "at";
  at.textContent = whenOf(data, index);
  const list = document.createElement("dl");
  for (const series of data.series) {
    const swatch = document.createElement("i");
    swatch.className = "sw";
    swatch.style.background = `var(--${series.colour})`;
    const label = document.createElement("dt");
    label.textContent = series.label;
    const value = document.createElement("dd");
    value.textContent = exactValue(series.values[index], data.unit);
    list.append(swatch, label, value);
  }

  if (data.events === null) return [at, list];
  const hint = document.createElement("div");
  hint.className = "hint";
  hint.textContent = "Click for events, drag to zoom";
  return [at, list, hint];
}
