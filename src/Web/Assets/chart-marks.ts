import type uPlot from "uplot";
import type { ChartData, ChartMark } from "./chart-data";

/** A line at each deploy, with a flag that says which one it was. */
export function chartMarks(data: () => ChartData): uPlot.Plugin {
  const layer = document.createElement("div");
  layer.className = "marks";

  function place(plot: uPlot): void {
    const { from, to, marks } = data();
    const shown = (marks ?? []).filter(({ at }) => at >= from && at <= to);
    layer.replaceChildren(...shown.map((mark) => flag(mark, plot.valToPos(mark.at, "x"))));
  }

  return { hooks: { ready: [(plot) => plot.over.append(layer)], draw: [place] } };
}

function flag(mark: ChartMark, left: number): HTMLElement {
  const flag = document.createElement(mark.url === null ? "span" : "a");
  flag.className = "mark";
  flag.style.left = `${left}px`;
  flag.title = mark.text;
  if (flag instanceof HTMLAnchorElement && mark.url !== null) {
    flag.href = mark.url;
    flag.rel = "noreferrer";
    for (const event of ["mousedown", "click"]) flag.addEventListener(event, (inside) => inside.stopPropagation());
  } else {
    flag.setAttribute("role", "img");
  }

  flag.setAttribute("aria-label", mark.text);
  const label = document.createElement("span");
  label.textContent = mark.label;
  flag.append(label);
  return flag;
}
