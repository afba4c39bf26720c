import { enableCompileCache } from 'node:module';
import { compileCacheFolder } from '@see/process/compile-cache';

// Before anything else is loaded: a command then takes half the time.
const folder = compileCacheFolder();
if (folder !== undefined) enableCompileCache(folder);
await import('./program.ts');
