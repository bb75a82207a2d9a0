import { generatedHandEdited } from './generated/hand-edited.ts';
import { generatedMissing } from './generated/missing.ts';
import { generatedOrphan } from './generated/orphan.ts';
import { outputCollision } from './generated/output-collision.ts';
import { generatedStale } from './generated/stale.ts';
import { generatedToolVersion } from './generated/tool-version.ts';
import { generatedUnclaimed } from './generated/unclaimed.ts';
import { checksumMismatch } from './migration/checksum-mismatch.ts';
import { migrationMissing } from './migration/missing.ts';
import { multipleBaselines } from './migration/multiple-baselines.ts';
import { migrationOrphan } from './migration/orphan.ts';
import { migrationStale } from './migration/stale.ts';
import { unexpectedFile } from './migration/unexpected-file.ts';
import { parityColumnMissing } from './parity/column-missing.ts';
import { parityQueryCommand } from './parity/query-command.ts';
import { parityQueryMissing } from './parity/query-missing.ts';
import { paritySharedObject } from './parity/shared-object.ts';
import { parityTableMissing } from './parity/table-missing.ts';
import { queryDuplicateName } from './query/duplicate-name.ts';
import { queryInvalid } from './query/invalid.ts';
import type { Rule } from './rule.ts';
import { schemaInvalid } from './schema/invalid.ts';
import { schemaUnformatted } from './schema/unformatted.ts';

/** Every rule that speaks from evidence, causes before effects. */
export const EVIDENCE_RULES: readonly Rule[] = [
  paritySharedObject,
  schemaInvalid,
  schemaUnformatted,
  parityTableMissing,
  parityColumnMissing,
  parityQueryMissing,
  parityQueryCommand,
  queryDuplicateName,
  queryInvalid,
  migrationMissing,
  migrationStale,
  multipleBaselines,
  checksumMismatch,
  unexpectedFile,
  migrationOrphan,
  generatedToolVersion,
  outputCollision,
  generatedMissing,
  generatedOrphan,
  generatedHandEdited,
  generatedStale,
  generatedUnclaimed,
];
