/** A time as letters say it: `2026-11-22 10:00 UTC`. */
export function minuteText(time: Date): string {
  return `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** A day as letters say it: `2026-11-22`. */
export function dayText(time: Date): string {
  return time.toISOString().slice(0, 10);
}
