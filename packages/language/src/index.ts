export * from './html.ts';
export * from './language.ts';
export * from './speech.ts';
export * from './translation.ts';
