export { buildPfx, defaultIterations, type PfxFlavour, type PfxTemplate } from './build-pfx.ts';
export { PfxError, type PfxErrorCode } from './pfx-error.ts';
export { type PfxContents, type PfxReadOptions, readPfx } from './read-pfx.ts';
