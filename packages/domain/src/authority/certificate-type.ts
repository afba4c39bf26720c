import type { Fields } from '../fields.ts';

/**
 * One of the scheme's certificate types (design, section 6): what the certificate says about whom it stands for. A new
 * type is data; no code knows the ids.
 */
export interface CertificateType {
  readonly id: string;
  /** Arc below `<policyArc>.1`. */
  readonly arc: number;
  readonly title: string;
  /** Appended to the CN of persons and roles as ` [QUALIFIER]`; null for none. */
  readonly qualifier: string | null;
  /** Whether the key has to be in a hardware token (SEE-R23). */
  readonly hardwareToken: boolean;
  readonly assurance: string;
  /** What the policy page says under this type's anchor. */
  readonly text: string;
}

/** Reads a type of a `types-activate` statement. */
export function readCertificateType(fields: Fields): CertificateType {
  const type = {
    id: fields.text('id', /^[a-z][a-z0-9-]{1,40}$/),
    arc: fields.integer('arc', 1, 9999),
    title: fields.text('title', undefined, 100),
    qualifier: fields.optionalText('qualifier', /^[A-Z][A-Z0-9 -]{1,38}$/),
    hardwareToken: fields.boolean('hardwareToken'),
    assurance: fields.text('assurance', undefined, 100),
    text: fields.text('text', undefined, 2000),
  };
  fields.end();
  return type;
}
