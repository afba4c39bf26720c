/** An element that the page must have. A page without it is broken, which is better said at once. */
export function part<T extends HTMLElement = HTMLElement>(id: string): T {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page has no #${id}`);
  return element as T;
}

/** Writes text into the page. Never markup. */
export function write(id: string, text: string): void {
  part(id).textContent = text;
}

/** What the server wrote on an element for the script. */
export function dataOf(id: string, name: string): string {
  const value = part(id).dataset[name];
  if (value === undefined) throw new Error(`#${id} has no ${name}`);
  return value;
}
