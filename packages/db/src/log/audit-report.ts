/** Where the log first differs from what it was. */
export interface AuditBreak {
  readonly code: /** A number of the log is missing. */
    | 'entry-missing'
    /** The event of an entry is gone. */
    | 'event-missing'
    /** The event is not the one that was put into the log. */
    | 'event-changed'
    /** A checkpoint is not signed by the log's key, or its row says something else than its note. */
    | 'checkpoint-forged'
    /** The entries up to a checkpoint are not those that were signed. */
    | 'root-differs'
    /** The log is shorter than what was signed. */
    | 'log-truncated';
  /** In plain words: what differs, and where. */
  readonly message: string;
  /** The entry, or the first one that may be meant. */
  readonly seq: number;
  /** The event, where one is meant. */
  readonly eventId?: number;
  /** Size of the checkpoint that shows it. */
  readonly checkpoint?: number;
}

/** What was verified, up to the end or the first break. */
export interface AuditReport {
  readonly ok: boolean;
  /** Entries whose event is the one that was put into the log. */
  readonly entries: number;
  /** Checkpoints whose signature and root hold. */
  readonly checkpoints: number;
  /** Entries under the last of these. */
  readonly covered: number;
  /** Entries after it: their order is not signed yet. */
  readonly uncovered: number;
  /** Events that are not in the log yet. */
  readonly unsequenced: number;
  /** Root of the verified entries, hex. */
  readonly root: string;
  readonly break?: AuditBreak;
}

/** A checkpoint that is kept outside the database: the signer's own last one. */
export interface KnownCheckpoint {
  readonly size: number;
  readonly root: Uint8Array;
}
