import { address, eventPath } from './address.svelte.ts';

// "#304" is an event; else customers and a document are looked for.
export function find(text: string) {
  const asked = text.trim();
  if (asked === '') return;
  // What is found takes the focus.
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  const event = /^#\s*(\d+)$/.exec(asked);
  address.go(event ? address.to(eventPath(event[1])) : address.to('/search', { q: asked }));
}
