import type { OcspErrorStatus } from './ocsp-error.ts';

const numbers: Readonly<Record<OcspErrorStatus, number>> = {
  malformedRequest: 1,
  internalError: 2,
  tryLater: 3,
  unauthorized: 6,
};

/** The five octets of an answer that carries no response bytes (REV-27). Unsigned, as RFC 6960 2.3 has it. */
export function ocspErrorResponse(status: OcspErrorStatus): Uint8Array {
  return Uint8Array.of(0x30, 3, 0x0a, 1, numbers[status]);
}
