import type { SqlToken } from '../dialects/sql-tokens.ts';
import type { QueryParameter } from './query-parameters.ts';

/** Every place where a parameter stands among the tokens of a statement. */
export function tokenParameters(
  tokens: readonly SqlToken[],
  dialect: 'mysql' | 'sqlite',
): readonly QueryParameter[] {
  return tokens.flatMap((token, index): QueryParameter[] => {
    const { kind, text, start } = token;
    if (kind === 'parameter') {
      const bare = parameterOf(text, dialect);
      return bare === null ? [] : [{ ...bare, start }];
    }
    const form = sqlcCall(tokens, index);
    if (form !== 'arg' && form !== 'narg' && form !== 'slice') return [];
    return [{ form, name: argumentName(tokens[index + 4]), number: null, start }];
  });
}

/** The function of sqlc whose call starts there, such as `arg`; null for anything else. */
function sqlcCall(tokens: readonly SqlToken[], index: number): string | null {
  const [schema, point, name, open] = tokens.slice(index, index + 4);
  if (schema?.kind !== 'word' || schema.text !== 'sqlc' || point?.text !== '.' || open?.text !== '(')
    return null;
  return name?.text ?? null;
}

function parameterOf(text: string, dialect: 'mysql' | 'sqlite'): Omit<QueryParameter, 'start'> | null {
  if (text === '?') return { form: 'anonymous', name: null, number: null };
  // For MySQL a @name is a variable of the session.
  if (dialect === 'mysql') return null;
  if (text.startsWith('?')) return { form: 'numbered', name: null, number: Number(text.slice(1)) };
  return { form: 'sign', name: text.slice(1), number: null };
}

function argumentName(token: SqlToken | undefined): string | null {
  if (token === undefined) return null;
  if (token.kind === 'word') return token.text;
  return token.kind === 'string' || token.kind === 'name' ? token.text.slice(1, -1) : null;
}
