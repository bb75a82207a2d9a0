import type { RulePage } from '../page.ts';
import { at, postgres, table } from './example-schemas.ts';

const LAID_OUT = table('orders');

export const page: RulePage = {
  wants: 'Every HCL file is laid out as `dbcheck fmt`, which runs `atlas schema fmt`, leaves it.',
  why: 'Where each editor lays a file out in its own way, a change of one line comes with changes of a hundred, and what was meant is lost among them.',
  bad: [
    { files: postgres(LAID_OUT.replace('    type = bigint', '    type   = bigint')), finds: at('7:1') },
    { title: 'tabs', files: postgres(LAID_OUT.replaceAll('  ', '\t')), finds: at('5:1') },
  ],
  good: [
    { files: postgres(LAID_OUT) },
    { title: 'line ends of Windows', files: postgres(LAID_OUT.replaceAll('\n', '\r\n')) },
  ],
};
