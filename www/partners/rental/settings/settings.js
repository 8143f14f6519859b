import { settings } from '../../js/settings.js';
import { addTexts } from '../../js/language.js';
import { logo } from '../look.js';
import { TEXTS } from '../texts.js';

addTexts(TEXTS);
settings({
  firm: 'rental',
  logo,
  sections: [['/rental/#/', 'nav.bookings'], ['/rental/#/records', 'nav.records'], ['/rental/settings/', 'nav.settings']],
  of: { 'rental-car': { vehicle: 'car' }, 'rental-trailer': { vehicle: 'car', trailer: 'heavy' }, 'rental-motorhome': { vehicle: 'motorhome' }, freight: { vehicle: 'lorry' }, passenger: { vehicle: 'bus' } },
});
