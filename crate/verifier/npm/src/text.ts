import type { Arg, Catalogue, Message } from './types.js';

const CHINESE = /[一-鿿]/;

/** Returns a sentence in the language of a catalogue. A key that it does not have is returned as it is. */
export function say(message: Message, catalogue: Catalogue): string {
  return sentence(message.code, message.args, catalogue);
}

/** Returns what to do about a finding, if there is something. */
export function next(message: Message, catalogue: Catalogue): string | undefined {
  const key = `${message.code}.next`;
  return key in catalogue.texts ? sentence(key, message.args, catalogue) : undefined;
}

/** Returns a day in the words of the language. */
export function day(date: string, catalogue: Catalogue): string {
  const [year = 0, month = 1, of = 1] = date.split('-').map(Number);
  const at = new Date(Date.UTC(2000, month - 1, of));
  at.setUTCFullYear(year);
  return new Intl.DateTimeFormat(tag(catalogue), { dateStyle: 'long', timeZone: 'UTC' }).format(at);
}

function tag(catalogue: Catalogue): string {
  return catalogue.tag === 'en' ? 'en-GB' : catalogue.tag;
}

function moment(seconds: number, catalogue: Catalogue): string {
  const format = { dateStyle: 'long', timeStyle: 'short', timeZone: 'Asia/Shanghai' } as const;
  return new Intl.DateTimeFormat(tag(catalogue), format).format(new Date(seconds * 1000));
}

function text(key: string, catalogue: Catalogue): string {
  return Object.hasOwn(catalogue.texts, key) ? (catalogue.texts[key] as string) : key;
}

function list(values: string[], catalogue: Catalogue): string {
  return values.join(catalogue.tag.startsWith('zh') ? '、' : ', ');
}

function value(arg: Arg, catalogue: Catalogue): string {
  switch (arg.kind) {
    case 'text':
      return arg.value;
    case 'list':
      return list(arg.value, catalogue);
    case 'number':
      return String(arg.value);
    case 'date':
      return day(arg.value, catalogue);
    case 'moment':
      return moment(arg.value, catalogue);
    case 'class':
      return text(`class.${arg.value}.full`, catalogue);
    case 'classes':
      return arg.value.map((one) => text(`class.${one}.drives`, catalogue)).join(text('class.join', catalogue));
    case 'vehicle':
      return text(`vehicle.${arg.value}`, catalogue);
    case 'letters':
      return list(
        [...arg.value].map((letter) => {
          const name = text(`letter.${letter}`, catalogue);
          return name === `letter.${letter}` ? letter : `${letter} ${name}`;
        }),
        catalogue,
      );
    case 'key':
      return text(arg.value, catalogue);
  }
}

function sentence(key: string, args: Message['args'], catalogue: Catalogue): string {
  return text(key, catalogue).replace(/( ?)\{([a-z_]+)\}( ?)/g, (_, before: string, name: string, after: string) => {
    const arg = args.find(([have]) => have === name)?.[1];
    const said = arg ? value(arg, catalogue) : '…';
    // A Chinese date stands without the space that sets a number apart.
    const close = /年.*日$/.test(said) && CHINESE.test(said);
    return close ? said : before + said + after;
  });
}
