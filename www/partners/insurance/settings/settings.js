import { settings } from '../../js/settings.js';
import { addTexts } from '../../js/language.js';
import { SECTIONS, logo } from '../look.js';
import { TEXTS } from '../texts.js';

addTexts(TEXTS);
settings({ firm: 'insurance', logo, sections: SECTIONS, of: { 'insurance-proposal': { vehicle: 'car' } } });
