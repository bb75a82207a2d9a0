/** A value with its `${NAME}` replaced, or what is wrong with one of them as the end of a sentence. */
export type Expanded =
  | { readonly kind: 'expanded'; readonly value: string }
  | { readonly kind: 'invalid'; readonly problem: string };

/**
 * Replaces each `${NAME}` by the variable's value. A `$` without a brace is itself.
 *
 * @param env null leaves everything as it is, for where values are not looked at
 */
export function expandVariables(text: string, env: NodeJS.ProcessEnv | null): Expanded {
  if (env === null) {
    return { kind: 'expanded', value: text };
  }
  const names = [...text.matchAll(/\$\{([^}]*)(\}?)/g)];
  for (const [written, name = '', end] of names) {
    if (end === '' || !/^[A-Za-z_]\w*$/.test(name)) {
      return { kind: 'invalid', problem: `has \`${written}\`, but only \`\${NAME}\` is known` };
    }
    if (env[name] === undefined) {
      return { kind: 'invalid', problem: `needs the environment variable \`${name}\`, which is not set` };
    }
  }
  return { kind: 'expanded', value: text.replaceAll(/\$\{(\w+)\}/g, (_, name: string) => env[name] ?? '') };
}
