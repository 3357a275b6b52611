// The cut that every figure is of: what counts (up to the effective day) and what was known (up to an event). While a
// slider moves, only `day` and `known` follow; the address, and with it all that is fetched, follows when it rests.

import { address } from './address.svelte.ts';
import { get, Problem, send } from './api.svelte.ts';
import { addMonths, dayOf, isDay, isoOf, today } from './days.ts';
import { session } from './session.svelte.ts';

export interface LedgerAnswer {
  company: string;
  currency: string;
  ledger: string;
  events: number;
  recorded_at: string;
  first_date: string | null; // null: nothing was recorded
  last_date: string | null;
  closings: { seq: number; through: string }[];
  checkpoints: { size: number }[];
}

const rest = 80;

class Cut {
  ledger = $state.raw<LedgerAnswer | null>(null);
  problem = $state.raw<Problem | null>(null);
  newest = $state(0);
  day = $state(0);
  known = $state(0);
  restedDay = $state(0);
  restedKnown = $state(0);
  // The events among which the slider chooses while it is dragged: those of which the figures are there.
  stops: number[] = [];
  #held = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #polling = 0;

  effective = $derived(isoOf(this.day));
  restedEffective = $derived(isoOf(this.restedDay));
  ready = $derived(this.ledger !== null);
  moving = $derived(this.day !== this.restedDay || this.known !== this.restedKnown);

  get firstDay() {
    return this.ledger ? Math.min(dayOf(this.ledger.first_date ?? today()), this.restedDay) : 0;
  }
  get lastDay() {
    return this.ledger ? Math.max(dayOf(this.ledger.last_date ?? today()), dayOf(today()), this.restedDay) : 0;
  }

  // Ascending, of closings and checkpoints.
  get marks(): number[] {
    if (!this.ledger) return [];
    const seqs = [...this.ledger.closings.map(({ seq }) => seq), ...this.ledger.checkpoints.map(({ size }) => size)];
    return [...new Set(seqs)].sort((a, b) => a - b);
  }

  async load() {
    this.problem = null;
    try {
      const ledger = await get<LedgerAnswer>('/ledger');
      this.newest = Math.max(this.newest, ledger.events);
      this.ledger = ledger;
      this.follow();
      void this.#poll(++this.#polling);
    } catch (error) {
      this.problem = error instanceof Problem ? error : new Problem(0, 'unreadable', String(error));
    }
  }

  forget() {
    this.#polling++;
    this.ledger = null;
  }

  // Takes the cut from the address. What it leaves out is today, and all that is known now; then the address says so.
  follow() {
    if (!this.ledger) return;
    const { query } = address;
    const effective = query.get('effective');
    const known = Number(query.get('known') ?? '');
    const day = isDay(effective) ? dayOf(effective) : dayOf(today());
    const seq = Number.isInteger(known) && known >= 1 ? Math.min(known, this.newest) : this.newest;
    clearTimeout(this.#timer);
    [this.day, this.restedDay, this.known, this.restedKnown] = [day, day, seq, seq];
    this.#say();
  }

  // A slider that is held makes no request, however long it stands still.
  hold() {
    this.#held = true;
  }

  release() {
    if (!this.#held) return;
    this.#held = false;
    this.#wait();
  }

  get held() {
    return this.#held;
  }

  setDay(day: number) {
    this.day = day;
    this.#wait();
  }

  setKnown(known: number) {
    this.known = Math.max(1, Math.min(this.newest, known));
    this.#wait();
  }

  moveDays(days: number) {
    this.setDay(Math.max(this.firstDay, Math.min(this.lastDay, this.day + days)));
  }

  moveMonths(months: number) {
    this.setDay(Math.max(this.firstDay, Math.min(this.lastDay, addMonths(this.day, months))));
  }

  moveMarks(direction: 1 | -1) {
    const { marks } = this;
    const next = direction === 1 ? marks.find((seq) => seq > this.known) : marks.filter((seq) => seq < this.known).pop();
    this.setKnown(next ?? (direction === 1 ? this.newest : 1));
  }

  dragKnown(known: number) {
    const { stops } = this;
    if (!this.#held || stops.length === 0) return this.setKnown(known);
    let near = stops[0];
    for (const seq of stops) if (Math.abs(seq - known) < Math.abs(near - known)) near = seq;
    this.setKnown(near);
  }

  toNewest() {
    this.setKnown(this.newest);
  }

  #wait() {
    clearTimeout(this.#timer);
    if (!this.#held) this.#timer = setTimeout(() => this.#settle(), rest);
  }

  #settle() {
    [this.restedDay, this.restedKnown] = [this.day, this.known];
    this.#say();
  }

  #say() {
    address.say({ effective: isoOf(this.restedDay), known: String(this.restedKnown) });
  }

  // Hears of newer events, and moves nothing.
  async #poll(turn: number) {
    let pause = 1000;
    while (turn === this.#polling && session.user) {
      try {
        const response = await send(`/seq?after=${this.newest}&wait=25`);
        if (turn !== this.#polling) return;
        if (response.status === 200) this.newest = Math.max(this.newest, Number((await response.json()).seq));
        pause = 1000;
        // A server that does not wait is not asked in a row.
        if (response.status !== 200) await new Promise((resolve) => setTimeout(resolve, 500));
      } catch {
        await new Promise((resolve) => setTimeout(resolve, pause));
        pause = Math.min(pause * 2, 30_000);
      }
    }
  }
}

export const cut = new Cut();
