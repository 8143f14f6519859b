/** The element as a field of a form: it posts the presentation, and what the page decided as a preview. */
import type { Decision } from '../decision.js';

/** Posts for an element. A browser without `ElementInternals` posts nothing, and all else works. */
export class Form {
  readonly internals: ElementInternals | undefined;
  /** What is said where nothing was read. */
  message = ' ';
  #state = '';

  constructor(readonly element: HTMLElement) {
    try {
      this.internals = element.attachInternals();
    } catch {
      this.internals = undefined;
    }
  }

  /** Sets what is posted: the presentation as base64url, and the outcome under the name with `-preview`. */
  set(presentation: Uint8Array | undefined, decision: Decision | undefined): void {
    const name = this.element.getAttribute('name');
    const read = presentation && decision;
    try {
      this.internals?.setValidity(read ? {} : { valueMissing: true }, read ? '' : this.message);
      if (!name || !read) {
        this.internals?.setFormValue(null);
        return;
      }
      const data = new FormData();
      data.append(name, base64url(presentation));
      data.append(`${name}-preview`, decision.outcome);
      this.internals?.setFormValue(data);
    } catch {
      // Without a form there is nothing to post.
    }
  }

  /** Sets the state that a page selects by `:state(…)`: the outcome, or what is going on. */
  state(name: string): void {
    try {
      if (this.#state) this.internals?.states.delete(this.#state);
      this.internals?.states.add(name);
      this.#state = name;
    } catch {
      this.#state = '';
    }
  }
}

function base64url(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}
