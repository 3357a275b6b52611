// Who is signed in.

class Session {
  // undefined: not known yet; null: nobody.
  user = $state<string | null | undefined>(undefined);
  csrf = '';
  offline = $state(false);

  begin(user: string, csrf: string) {
    this.csrf = csrf;
    this.user = user;
  }

  lose() {
    this.csrf = '';
    this.user = null;
  }
}

export const session = new Session();
