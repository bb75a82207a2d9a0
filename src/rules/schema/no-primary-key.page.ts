import type { RulePage } from '../page.ts';
import { at, keyless, postgres, table, unique } from './example-schemas.ts';

export const page: RulePage = {
  wants: 'Every table has a primary key.',
  why: 'Without one, nothing tells two equal rows apart: one of them can not be deleted alone, logical replication refuses to update either, and tools that page through a table or edit a row have nothing to hold on to.',
  bad: [
    { files: postgres(keyless('events', ['name text', 'at timestamptz'])), finds: at('4:1') },
    {
      title: 'a unique index is not one',
      files: postgres(keyless('events', ['name text'], unique('uq_events_name', 'name'))),
      finds: at('4:1'),
    },
  ],
  good: [
    { files: postgres(table('events', ['name text', 'at timestamptz'])) },
    {
      title: 'a partitioned table, whose parts can have keys',
      files: postgres(
        keyless(
          'events',
          ['at timestamptz'],
          '  partition {\n    type    = RANGE\n    columns = [column.at]\n  }',
        ),
      ),
    },
  ],
};
