// Curves of the aging: figures at each day, or as known at each of some events.

import { dayOf } from './days.ts';

export interface CurveAnswer {
  axis: 'effective' | 'known';
  known?: number;
  effective?: string;
  currency: string;
  decimals: number;
  figures: string[];
  first?: string;
  steps: number;
  seqs?: number[];
  values: Record<string, string[]>;
}

const apart = ['unapplied', 'disputed', 'balance'];

export interface Figures {
  buckets: bigint[];
  unapplied: bigint;
  disputed: bigint;
  balance: bigint;
}

export class Curve {
  readonly buckets: string[];
  readonly steps: number;
  readonly first: number; // of the axis effective: its first day
  readonly #minor: Record<string, bigint[]>;

  constructor(readonly answer: CurveAnswer) {
    this.buckets = answer.figures.filter((name) => !apart.includes(name));
    this.first = answer.first === undefined ? 0 : dayOf(answer.first);
    this.steps = answer.values.balance?.length ?? 0;
    this.#minor = Object.fromEntries(answer.figures.map((name) => [name, answer.values[name].map(BigInt)]));
  }

  at(step: number): Figures {
    const of = (name: string) => this.#minor[name]?.[step] ?? 0n;
    return { buckets: this.buckets.map(of), unapplied: of('unapplied'), disputed: of('disputed'), balance: of('balance') };
  }

  // For drawing alone.
  heights(name: string): number[] {
    const unit = 10 ** this.answer.decimals;
    return (this.#minor[name] ?? []).map((minor) => Number(minor) / unit);
  }

  stepOfDay(day: number): number {
    return day - this.first;
  }

  // The last step that is known at this event.
  stepOfSeq(seq: number): number {
    const seqs = this.answer.seqs ?? [];
    let [low, high] = [0, seqs.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (seqs[middle] <= seq) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}
