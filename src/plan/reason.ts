/** Why a target is judged. */
export type Reason =
  | { readonly kind: 'source' | 'output' | 'config' | 'tool'; readonly path: string }
  /** It reads what another target makes. */
  | { readonly kind: 'reads'; readonly target: string }
  /** Another target that is judged reads what this one makes. */
  | { readonly kind: 'feeds'; readonly target: string }
  /** It writes into the same folder as another target that is judged. */
  | { readonly kind: 'shares-output'; readonly target: string }
  /** The whole tree is judged. */
  | { readonly kind: 'whole' };
