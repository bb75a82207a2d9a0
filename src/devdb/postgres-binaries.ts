/** A Postgres server's programs, ready to be run by the user that the server will run as. */
export interface PostgresBinaries {
  /** For people, such as `embedded Postgres`. */
  readonly label: string;
  /** The folder with `initdb` and `postgres`. */
  readonly bin: string;
  /** A text that differs between any two builds whose data directories or plans could differ. */
  readonly build: string;
}
