/**
 * Registers `<licence-check>`.
 *
 * @packageDocumentation
 */
import { LicenceCheck } from './index.js';

if (!customElements.get('licence-check')) customElements.define('licence-check', LicenceCheck);
