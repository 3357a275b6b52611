// An answer of the server that a part of a page shows. While another is on its way the old one stays; `slow` says that
// it has taken so long that the old one is to be greyed.

import { get, Problem } from './api.svelte.ts';
import { session } from './session.svelte.ts';

export class Fetched<T> {
  value = $state.raw<T | undefined>(undefined);
  of = $state.raw<string | null>(null); // the address that the value is of
  problem = $state.raw<Problem | null>(null);
  slow = $state(false);
  #tries = $state(0);

  // Made while a component is set up, whose end is its end. A null address leaves all as it is.
  constructor(path: () => string | null) {
    $effect(() => {
      const asked = path();
      void this.#tries;
      if (asked === null || !session.user) return;
      const stop = new AbortController();
      const timer = setTimeout(() => (this.slow = true), 150);
      get<T>(asked, stop.signal).then(
        (value) => this.#end(timer, () => {
          this.value = value;
          this.of = asked;
          this.problem = null;
        }),
        (error) => {
          if (stop.signal.aborted) return;
          this.#end(timer, () => (this.problem = error instanceof Problem ? error : new Problem(0, 'unreadable', String(error))));
        },
      );
      return () => {
        stop.abort();
        clearTimeout(timer);
      };
    });
    // What failed for want of a connection is asked again once there is one.
    $effect(() => {
      if (!session.offline && this.problem?.code === 'offline') this.retry();
    });
  }

  retry() {
    this.problem = null;
    this.#tries++;
  }

  #end(timer: ReturnType<typeof setTimeout>, change: () => void) {
    clearTimeout(timer);
    this.slow = false;
    change();
  }
}
