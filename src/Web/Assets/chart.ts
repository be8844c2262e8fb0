import uPlot from "uplot";
import { chartMarks } from "./chart-marks";
import { chartTable } from "./chart-table";
import { chartTip } from "./chart-tip";
import { read, type ChartData, type ChartSeries } from "./chart-data";
import { colour, onThemeChange } from "./theme";

interface Shown {
  host: HTMLElement;
  plot: uPlot;
  data: ChartData;
  raw: string;
}

const shown = new Map<HTMLElement, Shown>();
const leastDrag = 6;

/** Draws every [data-chart] of the page, and again when the theme or the width changes. */
export function startCharts(): void {
  drawNew();
  onThemeChange(() => {
    for (const chart of [...shown.values()]) redraw(chart);
  });
  const resized = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const chart = shown.get(target as HTMLElement);
      if (chart && target.clientWidth > 0) chart.plot.setSize({ width: target.clientWidth, height: target.clientHeight });
    }
  });
  for (const host of shown.keys()) resized.observe(host);
}

/** After the page's data changed: the same canvas, new numbers. */
export function updateCharts(): void {
  for (const chart of [...shown.values()]) {
    const found = read(chart.host);
    if (!found || found.raw === chart.raw) continue;
    const sameSeries = found.data.series.length === chart.data.series.length && hasTail(found.data) === hasTail(chart.data);
    Object.assign(chart, found);
    if (sameSeries) chart.plot.setData(columns(found.data));
    else redraw(chart);
    emptiness(chart.host, found.data);
  }
  drawNew();
}

function drawNew(): void {
  for (const host of document.querySelectorAll<HTMLElement>("[data-chart]")) {
    if (shown.has(host)) continue;
    const found = read(host);
    if (!found) continue;
    const chart: Shown = { host, ...found, plot: undefined as unknown as uPlot };
    chart.plot = draw(chart);
    shown.set(host, chart);
    emptiness(host, found.data);
    chartTable(host, () => chart.data);
  }
}

function redraw(chart: Shown): void {
  chart.plot.destroy();
  chart.plot = draw(chart);
}

function draw(chart: Shown): uPlot {
  const ink = colour("ink-3");
  const line = colour("line");
  const { data, host } = chart;
  const axis: uPlot.Axis = { stroke: ink, font: `11px ${getComputedStyle(host).fontFamily}`, grid: { stroke: line, width: 1 }, ticks: { show: false } };
  const options: uPlot.Options = {
    width: host.clientWidth,
    height: host.clientHeight,
    padding: [8, 16, 0, 0],
    legend: { show: false },
    scales: { x: { time: true, range: () => [chart.data.from, chart.data.to] }, y: { range: (_, __, max) => [0, roof(max)] } },
    axes: [
      { ...axis, grid: { show: false }, size: 26, gap: 6, space: 72, values: clock },
      { ...axis, size: 50, gap: 8, space: 36, values: (_, ticks) => ticks.map((tick) => short(tick, chart.data.unit)) },
    ],
    series: [{}, ...data.series.map((series) => seriesOptions(series, data.kind)), ...tails(data).map((series) => tailOptions(series))],
    cursor: { y: false, drag: { x: true, y: false, setScale: false }, points: { size: 7 }, bind: { dblclick: () => null } },
    hooks: { setSelect: [(plot) => zoom(plot)] },
    plugins: [chartTip(host, () => chart.data, (index) => openEvents(chart.data, index)), chartMarks(() => chart.data)],
  };
  return new uPlot(options, columns(data), host);
}

function seriesOptions({ colour: token, label }: ChartSeries, kind: ChartData["kind"]): uPlot.Series {
  const stroke = colour(token);
  if (kind === "bars") return { label, stroke, fill: stroke, width: 0, paths: uPlot.paths.bars!({ size: [0.72, 26], radius: 0.2, align: 1 }), points: { show: false } };
  const fill = kind === "area" && token === "c1" ? { fill: stroke.replace("rgb(", "rgba(").replace(")", ", 0.09)") } : {};
  return { label, stroke, width: 1.6, spanGaps: false, points: { show: alone, size: 4, fill: stroke }, ...fill };
}

/** A point between two gaps would be invisible as a line. */
function alone(plot: uPlot, series: number): boolean {
  return (plot.data[series] ?? []).filter((value) => value !== null && value !== undefined).length < 3;
}

/** The last bucket is not over yet: what it has so far is drawn apart, dashed, so that no line seems to fall. */
const hasTail = (data: ChartData): boolean => data.unfinished && data.kind !== "bars" && data.x.length > 2;
const tails = (data: ChartData): ChartSeries[] => (hasTail(data) ? data.series : []);

function tailOptions({ colour: token, label }: ChartSeries): uPlot.Series {
  return { label, stroke: colour(token), width: 1.4, dash: [2, 4], points: { show: false } };
}

function columns(data: ChartData): uPlot.AlignedData {
  const last = data.x.length - 1;
  const whole = data.series.map(({ values }) => (hasTail(data) ? values.map((value, i) => (i === last ? null : value)) : values));
  const tail = tails(data).map(({ values }) => values.map((value, i) => (i >= last - 1 ? value : null)));
  return [data.x, ...whole, ...tail];
}

function roof(max: number | null): number {
  if (!max || max <= 0) return 4;
  const magnitude = 10 ** Math.floor(Math.log10(max * 1.05));
  const step = [1, 2, 2.5, 4, 5, 6, 8, 10].find((factor) => factor * magnitude >= max * 1.05) ?? 10;
  return Math.max(4, step * magnitude);
}

export function short(value: number, unit: string): string {
  if (value === 0) return "0";
  if (unit === "ms" && value >= 1000) return `${trim(value / 1000)} s`;
  if (unit === "ms") return `${trim(value)} ms`;
  if (value >= 1_000_000) return `${trim(value / 1_000_000)} M`;
  if (value >= 10_000) return `${trim(value / 1000)} k`;
  return value.toLocaleString("en-US");
}

const trim = (value: number): string => String(Number(value.toFixed(1)));

const hour = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric" });

function clock(_: uPlot, ticks: number[]): string[] {
  return ticks.map((tick) => {
    const date = new Date(tick * 1000);
    return date.getHours() === 0 && date.getMinutes() === 0 ? day.format(date) : hour.format(date);
  });
}

/** Drag to zoom: the range is in the address, so it can be shared and the back button undoes it. */
function zoom(plot: uPlot): void {
  if (plot.select.width < leastDrag) return;
  const at = (position: number): string => new Date(Math.round(plot.posToVal(position, "x")) * 1000).toISOString();
  const url = new URL(location.href);
  url.searchParams.delete("range");
  url.searchParams.set("from", at(plot.select.left));
  url.searchParams.set("to", at(plot.select.left + plot.select.width));
  location.assign(url);
}

function openEvents(data: ChartData, index: number): void {
  const at = data.x[index];
  if (data.events === null || at === undefined) return;
  const url = new URL(data.events, location.href);
  url.searchParams.set("from", new Date(at * 1000).toISOString());
  url.searchParams.set("to", new Date((at + data.step) * 1000).toISOString());
  location.assign(url);
}

function emptiness(host: HTMLElement, data: ChartData): void {
  const nothing = data.series.every((series) => series.values.every((value) => !value));
  host.querySelector(".chart-empty")?.remove();
  if (!nothing) return;
  const note = document.createElement("p");
  note.className = "chart-empty";
  note.textContent = data.empty;
  host.append(note);
}
