// Single signs as shortcuts; whoever types by voice, or often by mistake, switches them off.

import { address, eventPath } from './address.svelte.ts';
import { cut } from './cut.svelte.ts';
import { settings } from './settings.svelte.ts';
import { reportName, t } from './words.ts';

interface Key {
  keys: string;
  says: () => string;
  does: () => void;
}

const goes = (path: string) => () => address.go(address.to(path));

export const keys: Key[] = [
  { keys: '[', says: () => t('day_back'), does: () => cut.moveDays(-1) },
  { keys: ']', says: () => t('day_on'), does: () => cut.moveDays(1) },
  { keys: '{', says: () => t('month_back'), does: () => cut.moveMonths(-1) },
  { keys: '}', says: () => t('month_on'), does: () => cut.moveMonths(1) },
  { keys: ',', says: () => t('event_back'), does: () => cut.setKnown(cut.known - 1) },
  { keys: '.', says: () => t('event_on'), does: () => cut.setKnown(cut.known + 1) },
  { keys: '<', says: () => t('checkpoint_back'), does: () => cut.moveMarks(-1) },
  { keys: '>', says: () => t('checkpoint_on'), does: () => cut.moveMarks(1) },
  { keys: 'g a', says: () => reportName('aging'), does: goes('/aging') },
  { keys: 'g c', says: () => reportName('customers'), does: goes('/report/customers') },
  { keys: 'g o', says: () => reportName('open-items'), does: goes('/report/open-items') },
  { keys: 'g e', says: () => t('last_known'), does: () => address.go(address.to(eventPath(cut.known))) },
  { keys: 'g r', says: () => t('reports'), does: goes('/reports') },
  { keys: '/', says: () => t('found'), does: () => document.getElementById('search')?.focus() },
  { keys: '?', says: () => t('keys_help'), does: () => undefined },
];

// Returns what hears the keys of the whole page; `list` shows them.
export function listener(list: () => void): (event: KeyboardEvent) => void {
  let begun = '';
  return (event) => {
    const { target } = event;
    const types = target instanceof HTMLElement && target.matches('input:not([type="range"]):not([type="checkbox"]), select, textarea, dialog *');
    if (!settings.letters || types || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.key.length !== 1) return;
    const typed = begun + event.key;
    begun = '';
    const key = keys.find((each) => each.keys === typed);
    if (event.key === 'g' && key === undefined) {
      begun = 'g ';
      setTimeout(() => (begun = ''), 1500);
      return;
    }
    if (key === undefined || !cut.ready) return;
    event.preventDefault();
    if (key.keys === '?') list();
    else key.does();
  };
}
