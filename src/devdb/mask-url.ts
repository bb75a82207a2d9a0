/**
 * Hides every password of a URL in a text: between `user:` and `@`, and as a value of a `password=` parameter. It
 * hides too much rather than too little where a password has characters that a URL should have escaped.
 *
 * @param text anything that is shown to a user or written to a log
 */
export function maskUrl(text: string): string {
  return text
    .replace(/([a-z][a-z0-9+.-]*:\/\/[^\s/?#@:"]*):[^\s"]*@/gi, '$1:***@')
    .replace(/\b((?:ssl)?password|passwd|pwd)=('[^']*'|[^&\s"]+)/gi, '$1=***');
}
