/** An error refuses the commit; a warning is shown. */
export type Severity = 'error' | 'warning';
