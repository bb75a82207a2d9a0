/** An excerpt that has a text in an added line. */
export function added(text: string): RegExp {
  return new RegExp(`^\\+.*${literally(text)}`, 'm');
}

/** An excerpt that has a text in a removed line. */
export function removed(text: string): RegExp {
  return new RegExp(`^-.*${literally(text)}`, 'm');
}

/** An excerpt in which one text stands in the place of another. */
export function replaced(from: string, to: string): RegExp {
  return new RegExp(`${removed(from).source}.*\\n\\+.*${literally(to)}`, 'm');
}

function literally(text: string): string {
  return text.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&');
}
