// The counter: `<licence-check>` takes the code, the policy decides, a person compares the face, and the decision is recorded.
import { h } from './dom.js';
import { panel, faceOpen } from './decision.js';
import { helper } from './demo.js';
import { t } from './language.js';
import { seen } from './store.js';
import { verifierFor } from './trust.js';
import { problem } from './shell.js';

/** The element; a page without it still has the demo people. */
const element = import('/vendor/liangzheng/element/define.js').catch(() => undefined);

/**
 * Returns the elements of a check. `done({ decision, case, override, verifier })` is called once it is to be recorded; `extra`
 * returns what the firm shows of a decision.
 */
export async function counter({ policy, of, person, operator, words, extra, done }) {
  const [verifier] = await Promise.all([verifierFor(policy), element]);
  const stage = h('div', { class: 'stage' });
  const result = h('div', { class: 'result' });
  const check = h('licence-check', { id: 'licence-check' });
  Object.assign(check, { verifier, case: of, seen });

  let known = of;
  const show = (decision) => {
    stage.hidden = true;
    result.replaceChildren(
      panel({
        decision,
        operator,
        words,
        extra: extra?.(decision),
        compare: (face) => {
          known = { ...known, face };
          show(decision.with(known));
        },
        done: (override) => done({ decision, case: known, override, verifier }),
        again,
      }),
    );
    result.querySelector(faceOpen(decision) ? '[data-face="same"]' : 'h2').focus();
    result.scrollIntoView({ block: 'nearest' });
  };
  const again = () => {
    known = of;
    result.replaceChildren();
    stage.hidden = false;
    check.reset?.();
    check.focus();
  };
  // A new presentation is for the same booking: what was said of another face does not hold for it.
  check.addEventListener('decision', ({ detail }) => {
    known = of;
    show(detail);
  });
  const present = async (bytes) => {
    // The element tells its own errors.
    if (check.check) return check.check(bytes).catch(() => undefined);
    try {
      show(await verifier.check(bytes, { case: of, seen }));
    } catch (error) {
      result.replaceChildren(problem(error, again));
    }
  };
  stage.append(
    h('p', { class: 'ask' }, t('check.wait', { purpose: t(`purpose.${policy.kind}`) })),
    customElements.get('licence-check') ? check : h('p', { class: 'problem' }, t('problem.element')),
    await helper({ policy, person, present }),
  );
  return [stage, result];
}
