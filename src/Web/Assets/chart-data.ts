/** What a page says of one chart: see ChartView.cs. Times are seconds since 1970, a step in seconds. */
export interface ChartData {
  kind: "area" | "lines" | "bars";
  unit: string;
  from: number;
  to: number;
  step: number;
  unfinished: boolean;
  x: number[];
  series: ChartSeries[];
  events: string | null;
  empty: string;
  marks: ChartMark[] | null;
}

/** A moment to read the chart against: see ChartMark.cs. */
export interface ChartMark {
  at: number;
  label: string;
  text: string;
  url: string | null;
}

export interface ChartSeries {
  label: string;
  colour: string;
  values: (number | null)[];
}

export function read(host: HTMLElement): { data: ChartData; raw: string } | null {
  const raw = document.getElementById(`${host.id}-data`)?.textContent;
  return raw ? { raw, data: JSON.parse(raw) as ChartData } : null;
}
