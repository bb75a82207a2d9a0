import type { KeyPath } from './yaml-places.ts';

/** Walks a JSON Schema along the keys, through every branch of a union, and collects the keys known there. */
export function keysKnownAt(schema: unknown, keys: KeyPath): readonly string[] {
  const branches = branchesOf(schema);
  const [key, ...rest] = keys;
  if (key === undefined) {
    return branches.flatMap((branch) => [
      ...Object.keys(recordOf(branch['properties'])),
      ...listIn(recordOf(branch['propertyNames'])['enum']).map(String),
    ]);
  }
  return branches.flatMap((branch) => {
    const items = typeof key === 'number' ? [branch['items'], listIn(branch['prefixItems'])[key]] : [];
    const named = recordOf(branch['properties'])[String(key)] ?? branch['additionalProperties'];
    return [...items, named].flatMap((inner) => keysKnownAt(inner, rest));
  });
}

function branchesOf(schema: unknown): readonly Readonly<Record<string, unknown>>[] {
  const record = recordOf(schema);
  return [record, ...listIn(record['anyOf']).flatMap(branchesOf)];
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

function listIn(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
