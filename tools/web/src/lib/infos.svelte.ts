// What the server tells of every report, asked once.

import { get } from './api.svelte.ts';
import type { ReportInfo } from './reports.svelte.ts';

class ReportInfos {
  all = $state.raw<ReportInfo[]>([]);

  async load() {
    if (this.all.length === 0) this.all = await get<ReportInfo[]>('/reports');
  }

  find(name: string): ReportInfo | undefined {
    return this.all.find((info) => info.name === name);
  }

  // What the parameter is called that says what the report is about, or what is looked for.
  subjectOf(name: string): string {
    return this.find(name)?.parameters.find(({ form }) => form === 'subject')?.name ?? 'id';
  }

  searchOf(name: string): string {
    return this.find(name)?.parameters.find(({ form }) => form === 'search')?.name ?? 'text';
  }
}

export const reportInfos = new ReportInfos();
