import { guardStale } from './config/guard-stale.ts';
import { ignoreWithoutReason } from './config/ignore-without-reason.ts';
import { overlappingOutputs } from './config/overlapping-outputs.ts';
import { unclaimedSchema } from './config/unclaimed-schema.ts';
import { unusedIgnore } from './config/unused-ignore.ts';
import { generatedHandEdited } from './generated/hand-edited.ts';
import { ignoredOutput } from './generated/ignored-output.ts';
import { generatedMissing } from './generated/missing.ts';
import { generatedOrphan } from './generated/orphan.ts';
import { outputCollision } from './generated/output-collision.ts';
import { generatedStale } from './generated/stale.ts';
import { generatedToolVersion } from './generated/tool-version.ts';
import { generatedUnclaimed } from './generated/unclaimed.ts';
import { generatedUnverified } from './generated/unverified.ts';
import { checksumMismatch } from './migration/checksum-mismatch.ts';
import { duplicateVersion } from './migration/duplicate-version.ts';
import { migrationEmpty } from './migration/empty.ts';
import { migrationFileName } from './migration/file-name.ts';
import { migrationMissing } from './migration/missing.ts';
import { multipleBaselines } from './migration/multiple-baselines.ts';
import { migrationOrphan } from './migration/orphan.ts';
import { migrationStale } from './migration/stale.ts';
import { unexpectedFile } from './migration/unexpected-file.ts';
import { parityColumnMissing } from './parity/column-missing.ts';
import { parityIndexMissing } from './parity/index-missing.ts';
import { parityNullability } from './parity/nullability.ts';
import { parityQueryCommand } from './parity/query-command.ts';
import { parityQueryMissing } from './parity/query-missing.ts';
import { parityQueryParameters } from './parity/query-parameters.ts';
import { paritySharedObject } from './parity/shared-object.ts';
import { parityTableMissing } from './parity/table-missing.ts';
import { parityType } from './parity/type.ts';
import { queryCaseCollision } from './query/case-collision.ts';
import { queryDeleteWithoutWhere } from './query/delete-without-where.ts';
import { queryDuplicateName } from './query/duplicate-name.ts';
import { queryDuplicateStatement } from './query/duplicate-statement.ts';
import { queryFileCollision } from './query/file-collision.ts';
import { queryInsertWithoutColumns } from './query/insert-without-columns.ts';
import { queryInvalid } from './query/invalid.ts';
import { queryLineTooLong } from './query/line-too-long.ts';
import { queryLostParameter } from './query/lost-parameter.ts';
import { queryLostSlice } from './query/lost-slice.ts';
import { queryMissingName } from './query/missing-name.ts';
import { queryMixedParameters } from './query/mixed-parameters.ts';
import { queryNaming } from './query/naming.ts';
import { queryOffsetWithoutOrder } from './query/offset-without-order.ts';
import { queryOneMayReturnMany } from './query/one-may-return-many.ts';
import { queryParameterOrder } from './query/parameter-order.ts';
import { querySelectStar } from './query/select-star.ts';
import { queryUnformatted } from './query/unformatted.ts';
import { queryUpdateWithoutWhere } from './query/update-without-where.ts';
import { queryUserVariable } from './query/user-variable.ts';
import type { Rule } from './rule.ts';
import { checkName } from './schema/check-name.ts';
import { discouragedType } from './schema/discouraged-type.ts';
import { duplicateBlock } from './schema/duplicate-block.ts';
import { foreignKeyName } from './schema/foreign-key-name.ts';
import { foreignKeyTypeMismatch } from './schema/foreign-key-type-mismatch.ts';
import { foreignKeyWithoutIndex } from './schema/foreign-key-without-index.ts';
import { identifierTooLong } from './schema/identifier-too-long.ts';
import { indexName } from './schema/index-name.ts';
import { schemaInvalid } from './schema/invalid.ts';
import { missingComment } from './schema/missing-comment.ts';
import { missingSchemaBlock } from './schema/missing-schema-block.ts';
import { schemaNaming } from './schema/naming.ts';
import { noPrimaryKey } from './schema/no-primary-key.ts';
import { redundantIndex } from './schema/redundant-index.ts';
import { reservedWord } from './schema/reserved-word.ts';
import { setNullNotNull } from './schema/set-null-not-null.ts';
import { schemaUnformatted } from './schema/unformatted.ts';
import { unknownReference } from './schema/unknown-reference.ts';
import { unsupportedBlock } from './schema/unsupported-block.ts';

/** Every rule by its id, causes before effects: the order in which they speak and are listed. */
export const RULES = {
  'config/overlapping-outputs': overlappingOutputs,
  'parity/shared-object': paritySharedObject,
  'schema/invalid': schemaInvalid,
  'schema/unformatted': schemaUnformatted,
  'schema/missing-schema-block': missingSchemaBlock,
  'schema/unknown-reference': unknownReference,
  'schema/duplicate-block': duplicateBlock,
  'schema/unsupported-block': unsupportedBlock,
  'schema/identifier-too-long': identifierTooLong,
  'schema/foreign-key-type-mismatch': foreignKeyTypeMismatch,
  'schema/set-null-not-null': setNullNotNull,
  'schema/no-primary-key': noPrimaryKey,
  'schema/foreign-key-without-index': foreignKeyWithoutIndex,
  'schema/redundant-index': redundantIndex,
  'schema/discouraged-type': discouragedType,
  'schema/reserved-word': reservedWord,
  'schema/naming': schemaNaming,
  'schema/index-name': indexName,
  'schema/foreign-key-name': foreignKeyName,
  'schema/check-name': checkName,
  'schema/missing-comment': missingComment,
  'parity/table-missing': parityTableMissing,
  'parity/column-missing': parityColumnMissing,
  'parity/nullability': parityNullability,
  'parity/type': parityType,
  'parity/index-missing': parityIndexMissing,
  'parity/query-missing': parityQueryMissing,
  'parity/query-command': parityQueryCommand,
  'parity/query-parameters': parityQueryParameters,
  'query/duplicate-name': queryDuplicateName,
  'query/invalid': queryInvalid,
  'query/unformatted': queryUnformatted,
  'query/missing-name': queryMissingName,
  'query/naming': queryNaming,
  'query/case-collision': queryCaseCollision,
  'query/duplicate-statement': queryDuplicateStatement,
  'query/file-collision': queryFileCollision,
  'query/select-star': querySelectStar,
  'query/update-without-where': queryUpdateWithoutWhere,
  'query/delete-without-where': queryDeleteWithoutWhere,
  'query/insert-without-columns': queryInsertWithoutColumns,
  'query/one-may-return-many': queryOneMayReturnMany,
  'query/offset-without-order': queryOffsetWithoutOrder,
  'query/mixed-parameters': queryMixedParameters,
  'query/parameter-order': queryParameterOrder,
  'query/lost-slice': queryLostSlice,
  'query/lost-parameter': queryLostParameter,
  'query/user-variable': queryUserVariable,
  'query/line-too-long': queryLineTooLong,
  'migration/missing': migrationMissing,
  'migration/stale': migrationStale,
  'migration/multiple-baselines': multipleBaselines,
  'migration/checksum-mismatch': checksumMismatch,
  'migration/unexpected-file': unexpectedFile,
  'migration/orphan': migrationOrphan,
  'migration/duplicate-version': duplicateVersion,
  'migration/file-name': migrationFileName,
  'migration/empty': migrationEmpty,
  'generated/tool-version': generatedToolVersion,
  'generated/output-collision': outputCollision,
  'generated/ignored-output': ignoredOutput,
  'generated/missing': generatedMissing,
  'generated/orphan': generatedOrphan,
  'generated/hand-edited': generatedHandEdited,
  'generated/stale': generatedStale,
  'generated/unclaimed': generatedUnclaimed,
  'generated/unverified': generatedUnverified,
  'config/unclaimed-schema': unclaimedSchema,
  'config/guard-stale': guardStale,
  'config/ignore-without-reason': ignoreWithoutReason,
  'config/unused-ignore': unusedIgnore,
} as const satisfies Readonly<Record<string, Rule>>;

export type RuleId = keyof typeof RULES;

/** Whether a name is one of the rules. */
export function isRuleId(name: string): name is RuleId {
  return Object.hasOwn(RULES, name);
}

export const RULE_IDS: readonly RuleId[] = Object.keys(RULES).filter(isRuleId);
