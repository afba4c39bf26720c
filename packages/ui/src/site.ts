/** Where a compiled asset is served, and the hash that the browser holds it to. */
export interface AssetReference {
  readonly url: string;
  readonly integrity: string;
}

/** The scripts that some pages have beside site.js. */
export type IslandName =
  | 'enrolment.js'
  | 'approval.js'
  | 'batch.js'
  | 'registration.js'
  | 'handover.js'
  | 'sign-in.js'
  | 'passkey.js'
  | 'renewal.js'
  | 'live-import.js'
  | 'follow.js';

export type AssetName = 'site.css' | 'site.js' | 'icon.svg' | IslandName;

/** What every page needs to know about the instance. All of it comes from the configuration, never from a request. */
export interface Site {
  readonly assets: Readonly<Record<AssetName, AssetReference>>;
  readonly urls: { readonly va: string; readonly portal: string; readonly desk: string };
  readonly preset: 'evaluation' | 'production';
  /** SHA-256 of the root certificate, hex. */
  readonly rootFingerprint: string;
}
