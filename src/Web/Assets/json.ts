/** What is longer is left as it came: a span for each of its parts would be too much for the browser. */
export const mostHighlighted = 256 * 1024;

const token = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*|true|false|null|[{}[\],:]/g;
const indent = "  ";

/** Valid JSON, indented anew, its parts in spans. Numbers and strings stay as they were written: no digit is lost. */
export function highlighted(json: string): DocumentFragment {
  const tokens = json.match(token) ?? [];
  const shown = document.createDocumentFragment();
  let depth = 0;
  let plain = "";
  const line = (): string => "\n" + indent.repeat(depth);
  const flush = (): void => {
    if (plain) shown.append(plain);
    plain = "";
  };
  tokens.forEach((part, at) => {
    const next = tokens[at + 1] ?? "";
    if (part === "{" || part === "[") {
      const empty = next === "}" || next === "]";
      if (!empty) depth++;
      plain += part + (empty ? "" : line());
    } else if (part === "}" || part === "]") {
      const before = tokens[at - 1];
      if (before !== "{" && before !== "[") {
        depth--;
        plain += line();
      }
      plain += part;
    } else if (part === ",") plain += part + line();
    else if (part === ":") plain += ": ";
    else {
      flush();
      shown.append(span(part, part.startsWith('"') ? (next === ":" ? "j-key" : "j-string") : /^[tfn]/.test(part) ? "j-word" : "j-number"));
    }
  });
  flush();
  return shown;
}

function span(text: string, kind: string): HTMLSpanElement {
  const element = document.createElement("span");
  element.className = kind;
  element.textContent = text;
  return element;
}
