import type { ChartData } from "./chart-data";
import { exactValue, whenOf } from "./chart-tip";

/** The same numbers as a table, for those who can't or won't read the picture; built when it is opened. */
export function chartTable(host: HTMLElement, data: () => ChartData): void {
  const details = document.getElementById(`${host.id}-table`);
  if (!(details instanceof HTMLDetailsElement)) return;
  const fill = (): void => {
    if (details.open) details.querySelector(".scroll")?.replaceChildren(table(data()));
  };
  details.addEventListener("toggle", fill);
  document.addEventListener("live:applied", fill);
}

function table(data: ChartData): HTMLTableElement {
  const result = document.createElement("table");
  const head = result.createTHead().insertRow();
  for (const title of ["Time", ...data.series.map((series) => series.label)]) {
    const cell = document.createElement("th");
    cell.scope = "col";
    cell.textContent = title;
    if (title !== "Time") cell.className = "num";
    head.append(cell);
  }

  const body = result.createTBody();
  for (let index = data.x.length - 1; index >= 0; index--) {
    const row = body.insertRow();
    row.insertCell().textContent = whenOf(data, index);
    for (const series of data.series) {
      const cell = row.insertCell();
      cell.className = "num";
      cell.textContent = exactValue(series.values[index], data.unit);
    }
  }
  return result;
}
