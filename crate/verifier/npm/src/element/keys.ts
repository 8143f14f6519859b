/** Listens to the keys of the page for a scanner gun. */
import { type Digits, Gun, type Typed, inField } from './gun.js';

/** Milliseconds after the last digit of a gun in which Enter and Tab are its own, and press no button. */
const ECHO_MS = 1_000;

/** The keys of the numeric pad with which every text begins. While Num Lock is off they are Home, an arrow, Insert and End. */
const MOVES = ['Numpad7', 'Numpad6', 'Numpad0', 'Numpad1'];

/** What the keys do. */
export interface KeyActions {
  /** Whether keys count now. */
  listens: () => boolean;
  /** Loads what reads digits; the first digit does so. */
  load: () => Promise<Digits>;
  typed: (typed: Typed) => void;
  failed: (error: unknown) => void;
}

/** The keys of the page. */
export class Keys {
  #gun: Gun | undefined;
  /** Keys that were typed while the reader was loaded. */
  #waiting: string[] = [];
  #shot = -Infinity;
  /** How many of {@link MOVES} came one after the other, without a digit. */
  #moves = 0;

  constructor(readonly actions: KeyActions) {}

  /** Takes a key that was pressed anywhere in the page. */
  press(event: KeyboardEvent): void {
    if (!this.actions.listens()) return;
    const ends = event.key === 'Enter' || event.key === 'Tab';
    if (ends && event.timeStamp - this.#shot < ECHO_MS) {
      keep(event);
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || inField(event)) return;
    if (this.#moved(event)) this.actions.typed({ state: 'wrong', code: 'num-lock' });
    if (this.#gun) this.#take(this.#gun, event.key, event);
    else this.#wait(event.key);
  }

  /** Whether a gun began a text on the numeric pad while Num Lock is off. */
  #moved({ key, code }: KeyboardEvent): boolean {
    const moves = key.length > 1;
    this.#moves = moves && code === MOVES[this.#moves] ? this.#moves + 1 : Number(moves && code === MOVES[0]);
    if (this.#moves < MOVES.length) return false;
    this.#moves = 0;
    return true;
  }

  #wait(key: string): void {
    if (/^[0-9\uFF10-\uFF19]$/.test(key) || this.#waiting.length) this.#waiting.push(key);
    if (this.#waiting.length !== 1) return;
    this.actions.load().then(
      (digits) => {
        const gun = (this.#gun = new Gun(digits));
        for (const waiting of this.#waiting.splice(0)) this.#take(gun, waiting);
      },
      (error: unknown) => {
        this.#waiting = [];
        this.actions.failed(error);
      },
    );
  }

  #take(gun: Gun, key: string, event?: KeyboardEvent): void {
    const typed = gun.key(key);
    if (typed.state === 'complete') this.#shot = event?.timeStamp ?? performance.now();
    if (typed.state === 'wrong' && event) keep(event);
    this.actions.typed(typed);
  }
}

/** Keeps a key of the gun from the page. */
function keep(event: Event): void {
  event.preventDefault();
  event.stopPropagation();
}
