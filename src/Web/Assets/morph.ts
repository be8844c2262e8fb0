/**
 * Makes the page's element say what the server's says, touching only what differs: focus, scroll, open rows and canvases stay.
 * [data-live-keep] keeps its children, [data-client] elements belong to the page alone and travel with the row before them.
 */
export function morph(from: Element, to: Element, onAdded: (added: Element) => void): void {
  if (from.isEqualNode(to)) return;
  attributes(from, to);
  if (!from.hasAttribute("data-live-keep")) children(from, to, onAdded);
}

const ownedByPage = new Set(["open", "aria-expanded", "data-zoned", "data-live-paused", "data-tail"]);

function attributes(from: Element, to: Element): void {
  for (const { name, value } of to.attributes) {
    if (!ownedByPage.has(name) && from.getAttribute(name) !== value) from.setAttribute(name, value);
  }
  for (const name of from.getAttributeNames()) {
    if (!ownedByPage.has(name) && name !== "style" && !to.hasAttribute(name)) from.removeAttribute(name);
  }
}

function children(from: Element, to: Element, onAdded: (added: Element) => void): void {
  const known = new Map<string, Element>();
  for (const child of from.children) {
    const key = keyOf(child);
    if (key) known.set(key, child);
  }

  let place: ChildNode | null = skipClient(from.firstChild);
  for (const next of [...to.childNodes]) {
    const match = matching(next, place, known);
    if (!match) {
      const added = document.importNode(next, true);
      from.insertBefore(added, place);
      if (added instanceof Element) onAdded(added);
      continue;
    }

    if (match !== place) moveBefore(from, match, place);
    else place = skipClient(match.nextSibling);
    if (match instanceof Element && next instanceof Element) morph(match, next, onAdded);
    else if (match.nodeValue !== next.nodeValue) match.nodeValue = next.nodeValue;
  }

  while (place) {
    const gone: ChildNode = place;
    place = place.nextSibling;
    gone.remove();
  }
}

function matching(next: ChildNode, place: ChildNode | null, known: Map<string, Element>): ChildNode | null {
  const key = next instanceof Element ? keyOf(next) : null;
  if (key) return known.get(key) ?? null;
  if (!place || place.nodeType !== next.nodeType || place.nodeName !== next.nodeName) return null;
  return place instanceof Element && keyOf(place) ? null : place;
}

function moveBefore(parent: Element, node: ChildNode, place: ChildNode | null): void {
  const follower = node.nextSibling;
  parent.insertBefore(node, place);
  if (isClient(follower)) parent.insertBefore(follower, place);
}

const keyOf = (element: Element): string | null => element.getAttribute("data-key") ?? (element.id || null);
const isClient = (node: ChildNode | null): node is HTMLElement => node instanceof HTMLElement && node.dataset["client"] !== undefined;

function skipClient(node: ChildNode | null): ChildNode | null {
  return isClient(node) ? node.nextSibling : node;
}
