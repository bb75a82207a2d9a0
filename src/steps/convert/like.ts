import { textLiteral } from './literals.ts';
import { asText, type Expression, LEVEL, operand } from './operands.ts';
import { Unsupported } from './unsupported.ts';

/**
 * LIKE and ILIKE with a constant pattern.
 *
 * SQLite's LIKE ignores the case of ASCII letters, so it stands for ILIKE, and GLOB for LIKE.
 *
 * @param operator Postgres's name of it: `~~`, `!~~`, `~~*` or `!~~*`
 * @throws Unsupported for a pattern that is made from columns
 */
export function likeCondition(
  operator: string,
  left: Expression,
  right: Expression,
  offset: number | undefined,
): Expression {
  const value = operand(asText(left, offset), LEVEL.sum);
  const pattern = asText(right, offset).literal;
  if (pattern === undefined) throw new Unsupported('LIKE with a pattern that is no constant', offset);
  const not = operator.startsWith('!') ? 'NOT ' : '';
  const sql = operator.endsWith('*')
    ? `${value} ${not}LIKE ${textLiteral(pattern)}${pattern.includes('\\') ? " ESCAPE '\\'" : ''}`
    : `${value} ${not}GLOB ${textLiteral(globOf(pattern, offset))}`;
  return { sql, kind: 'boolean', level: LEVEL.equality };
}

/** What begins with a text, as a GLOB pattern. */
export function globPrefix(prefix: string): string {
  return `${[...prefix].map(globLiteral).join('')}*`;
}

function globOf(pattern: string, offset: number | undefined): string {
  const parts: string[] = [];
  const characters = [...pattern];
  for (let at = 0; at < characters.length; at += 1) {
    const character = characters[at] ?? '';
    if (character === '%') parts.push('*');
    else if (character === '_') parts.push('?');
    else if (character === '\\') {
      at += 1;
      const escaped = characters[at];
      if (escaped === undefined) throw new Unsupported('a LIKE pattern that ends with its escape', offset);
      parts.push(globLiteral(escaped));
    } else parts.push(globLiteral(character));
  }
  return parts.join('');
}

function globLiteral(character: string): string {
  return /[*?[]/.test(character) ? `[${character}]` : character;
}
