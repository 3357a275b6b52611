// What a reader has chosen for this browser.

export type Language = 'en' | 'zh';

class Settings {
  language = $state<Language>('en');
  letters = $state(true);

  constructor() {
    const kept = this.#read('language');
    this.language = kept === 'zh' || kept === 'en' ? kept : navigator.language.startsWith('zh') ? 'zh' : 'en';
    this.letters = this.#read('letters') !== 'off';
  }

  setLanguage(language: Language) {
    this.language = language;
    this.#keep('language', language);
  }

  setLetters(on: boolean) {
    this.letters = on;
    this.#keep('letters', on ? 'on' : 'off');
  }

  // A browser may refuse to keep anything; then choices last as long as the page.
  #read(name: string): string | null {
    try {
      return localStorage.getItem(`duebook.${name}`);
    } catch {
      return null;
    }
  }

  #keep(name: string, value: string) {
    try {
      localStorage.setItem(`duebook.${name}`, value);
    } catch {
      return;
    }
  }
}

export const settings = new Settings();
