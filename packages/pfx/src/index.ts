export { buildPfx, defaultIterations, type PfxFlavour, type PfxTemplate } from './build-pfx.ts';
export { decryptKey, encryptKey } from './encrypted-key.ts';
export { PfxError, type PfxErrorCode } from './pfx-error.ts';
export { type PfxContents, type PfxReadOptions, readPfx } from './read-pfx.ts';
