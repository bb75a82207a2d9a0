import { stageCommand } from '../config/stage-command.ts';
import { CheckError, type Place } from '../errors.ts';

/** The template that Atlas writes SQL by, and where the configuration has it; without a place it was read off a baseline. */
export interface PlacedFormat {
  readonly style: { readonly format: string };
  readonly formatPlace?: Place | undefined;
}

/** How Atlas and Go's templates begin what they say of a `--format`; a schema's own errors have a place or are SQL's. */
const TEMPLATE_ERROR = /^(?:Error: )?(?:parse format: |template: format:|'sql' can only be used )/m;

/** Whether what Atlas printed is about the template that it was given, and not about what it was to write by it. */
export function isFormatError(stderr: string): boolean {
  return TEMPLATE_ERROR.test(stderr);
}

/**
 * Why nothing can be written by a template.
 *
 * @param words what was said of it, or of what was written by it
 * @returns `format-invalid` at the configuration's key, or `atlas-failed` for a template that nobody wrote
 */
export function formatError({ style, formatPlace }: PlacedFormat, words: string): CheckError {
  const said = words.trim().replace(/^Error: /, '');
  if (formatPlace === undefined) {
    return new CheckError(
      'atlas-failed',
      `Atlas can't write SQL by the template \`${style.format}\`\n${said}`,
      {
        hint: 'pin another version of Atlas and run: dbcheck tools',
      },
    );
  }
  return new CheckError(
    'format-invalid',
    `Atlas can't write SQL by \`${style.format}\` in \`migrations.format\`\n${said}`,
    {
      place: formatPlace,
      hint: `correct it, or remove it to keep the committed baseline's, then run: ${stageCommand(formatPlace.path)}`,
    },
  );
}
