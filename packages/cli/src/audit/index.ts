export {
  type AuditBreak,
  type AuditReport,
  type KnownCheckpoint,
  type VerifyAuditOptions,
  verifyAudit,
} from '@see/db/log';
export { type AuditExport, exportAudit } from './export-audit.ts';
