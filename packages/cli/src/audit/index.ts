export type { AuditBreak, AuditReport, KnownCheckpoint } from './audit-report.ts';
export { type AuditExport, exportAudit } from './export-audit.ts';
export { type VerifyAuditOptions, verifyAudit } from './verify-audit.ts';
