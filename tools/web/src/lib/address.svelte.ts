// Where the page is: the whole state of a page stands in its address.

class Address {
  path = $state(location.pathname);
  query = $state.raw(new URLSearchParams(location.search));
  // Counts what was gone to by the reader, so that pages know whether to take the focus.
  moves = $state(0);

  constructor() {
    addEventListener('popstate', () => {
      this.#read();
      this.moves++;
    });
  }

  // An address of another page at the same cut.
  to(path: string, values: Record<string, string | null | undefined> = {}): string {
    const query = new URLSearchParams();
    for (const name of ['effective', 'known']) {
      const value = this.query.get(name);
      if (value !== null) query.set(name, value);
    }
    for (const [name, value] of Object.entries(values)) if (value !== null && value !== undefined && value !== '') query.set(name, value);
    const text = query.toString();
    return text === '' ? path : `${path}?${text}`;
  }

  go(address: string) {
    history.pushState(null, '', address);
    this.#read();
    this.moves++;
    scrollTo(0, 0);
  }

  // Goes on from a page that nobody would go back to.
  replace(address: string) {
    history.replaceState(null, '', address);
    this.#read();
    this.moves++;
  }

  // Says more, or otherwise, of the page that is shown; null or '' leaves a value out.
  say(values: Record<string, string | string[] | null>, how: 'replace' | 'push' = 'replace') {
    const query = new URLSearchParams(this.query);
    for (const [name, value] of Object.entries(values)) {
      query.delete(name);
      for (const each of [value ?? []].flat()) if (each !== '') query.append(name, each);
    }
    const text = query.toString();
    if (text === this.query.toString()) return;
    const address = text === '' ? this.path : `${this.path}?${text}`;
    if (how === 'push') history.pushState(null, '', address);
    else history.replaceState(history.state, '', address);
    this.#read();
  }

  #read() {
    this.path = location.pathname;
    this.query = new URLSearchParams(location.search);
  }
}

export const address = new Address();

export const customerPath = (customer: string) => `/customer/${encodeURIComponent(customer)}`;
export const documentPath = (document: string, kind = '') => `/document/${encodeURIComponent(kind === '' ? document : `${kind}:${document}`)}`;
export const eventPath = (seq: number | string) => `/event/${seq}`;
