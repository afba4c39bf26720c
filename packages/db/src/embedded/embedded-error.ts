/** Every way in which the embedded PostgreSQL can refuse to start, stop or be used. Stable: tools may switch on them. */
export type EmbeddedErrorCode =
  /** No binaries for this operating system and processor: use an external PostgreSQL (SEE_DATABASE_URL). */
  | 'unsupported-platform'
  /** The optional binary package is not installed or not complete. */
  | 'binaries-missing'
  /** initdb failed; the message carries its last lines. */
  | 'cluster-failed'
  /** A folder stands where the cluster belongs and is none, or belongs to another user. Nothing is deleted. */
  | 'cluster-foreign'
  /** The cluster was made by another major version of PostgreSQL. */
  | 'cluster-version'
  /** The cluster is there and the file with its password is not. */
  | 'login-missing'
  /** The account that PostgreSQL runs as cannot pass through the folders above the state folder. */
  | 'state-unreachable'
  /** The socket folder is not ours alone, or its path is too long. */
  | 'socket-folder'
  /** PostgreSQL ended while starting; the message carries the end of its log. */
  | 'start-failed'
  /** Another machine or container runs PostgreSQL on this folder. */
  | 'in-use-elsewhere'
  /** PostgreSQL runs without fsync or page checksums: acknowledged data could be lost. */
  | 'not-durable'
  /** PostgreSQL did not end in time. It was not killed, because that is never necessary to keep the data. */
  | 'stop-failed';

/** A refusal of the launcher. The message is one plain sentence with what to do. */
export class EmbeddedError extends Error {
  override readonly name = 'EmbeddedError';
  readonly code: EmbeddedErrorCode;

  constructor(code: EmbeddedErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
