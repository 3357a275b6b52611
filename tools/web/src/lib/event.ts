export interface EventAnswer {
  seq: number;
  type: string;
  date: string;
  recorded_at: string;
  customer: string | null;
  actor: string;
  source: string;
  sentence: { en: string; zh: string };
  fields: Record<string, unknown>;
  leaf: string;
}
