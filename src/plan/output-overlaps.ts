import type { Project } from '../config/project.ts';
import type { Place } from '../errors.ts';
import { foldersAround, isBelow } from './paths.ts';
import type { DatabaseSteps, DerivedSteps, PlannedTarget, SqlcSteps, StepGraph } from './steps.ts';

/** Something of a target that lies in a migrations folder, of another target or of its own, and is no migration. */
export interface OutputOverlap {
  /** What lies there: a file, or the folder that a step writes to. */
  readonly kind: 'sqlc schema' | 'code' | 'queries' | 'schema';
  readonly path: string;
  /** The target that it belongs to. */
  readonly of: string;
  /** The migrations folder that it lies in. */
  readonly within: string;
  /** The target that owns that. */
  readonly owner: string;
  /** Where the configuration lays it out; the file itself where the defaults do. */
  readonly place: Place;
}

/** What a target has in some place. */
type Laid = Pick<OutputOverlap, 'kind' | 'path' | 'of' | 'place'>;

/**
 * Finds what is laid out inside of a migrations folder besides its migrations. All that such a folder holds is taken
 * for migrations, and `fix` keeps one of them; a folder of code, though, may hold other things, since the files that
 * sqlc makes carry its mark. Two databases never have one path: each template names dialect and database.
 *
 * @returns one for each thing, in the order of the targets
 */
export function outputOverlaps(project: Project, graph: StepGraph): readonly OutputOverlap[] {
  const owners = new Map(
    graph.targets.flatMap((target) =>
      target.kind === 'database' ? [[target.target.migrationsDir, target] as const] : [],
    ),
  );
  const { literalFolder } = project.migrations.dir;
  const laid = graph.targets
    .flatMap((target) => laidBy(project, target))
    .filter(({ path }) => isBelow(path, literalFolder));
  return laid.flatMap((thing) => {
    const owner = [...foldersAround(thing.path), thing.path].flatMap((path) => owners.get(path) ?? [])[0];
    return owner === undefined
      ? []
      : [{ ...thing, within: owner.target.migrationsDir, owner: owner.id } satisfies OutputOverlap];
  });
}

function laidBy(project: Project, target: PlannedTarget): readonly Laid[] {
  switch (target.kind) {
    case 'database':
      return laidByDatabase(project, target);
    case 'derived':
      return [sqlcSchemaOf(project, target)];
    case 'sqlc':
      return laidBySqlc(target);
    case 'removed':
      return [];
  }
}

function laidByDatabase(project: Project, { id, target, steps }: DatabaseSteps): readonly Laid[] {
  return [
    ...target.schemaFiles.map(
      (path): Laid => ({ kind: 'schema', path, of: id, place: project.place('schemas') ?? { path } }),
    ),
    ...(steps.includes('extract') ? [sqlcSchemaOf(project, { id, target })] : []),
  ];
}

function sqlcSchemaOf(project: Project, { id, target }: Pick<DerivedSteps, 'id' | 'target'>): Laid {
  const path = target.sqlcSchema;
  return { kind: 'sqlc schema', path, of: id, place: project.place('sqlcSchemas') ?? { path } };
}

function laidBySqlc({ id, config, queryFiles }: SqlcSteps): readonly Laid[] {
  return [
    ...config.entries.flatMap(({ outs, place }) =>
      outs.map(({ dir }): Laid => ({ kind: 'code', path: dir, of: id, place })),
    ),
    ...queryFiles.map((path): Laid => ({ kind: 'queries', path, of: id, place: { path } })),
  ];
}
