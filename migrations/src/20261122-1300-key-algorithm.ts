import { type Kysely, sql } from 'kysely';

/**
 * Which kind of key each certificate certifies, read from its DER when it is stored, so that an inventory of algorithms
 * (GOV-12) needs not decode every certificate. Keys of other kinds, which we do not issue for, are `other`.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [reader, column]) await sql.raw(statement).execute(db);
}

// The AlgorithmIdentifier of a SubjectPublicKeyInfo: its octets stand nowhere else in a certificate. For RSA the length of
// the BIT STRING behind it gives the bits of the modulus.
const reader = `
CREATE FUNCTION key_algorithm_of(der bytea) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  rsa int := position('\\x06092a864886f70d01010105000382'::bytea IN der);
BEGIN
  IF position('\\x06072a8648ce3d020106052b81040022'::bytea IN der) > 0 THEN RETURN 'P-384'; END IF;
  IF position('\\x06072a8648ce3d020106082a8648ce3d030107'::bytea IN der) > 0 THEN RETURN 'P-256'; END IF;
  IF position('\\x06072a8648ce3d020106052b81040023'::bytea IN der) > 0 THEN RETURN 'P-521'; END IF;
  IF rsa > 0 AND octet_length(der) > rsa + 15 THEN
    RETURN 'RSA-' || ((get_byte(der, rsa + 14) * 256 + get_byte(der, rsa + 15) - 15) * 8);
  END IF;
  IF position('\\x06032b6570032100'::bytea IN der) > 0 THEN RETURN 'Ed25519'; END IF;
  IF position('\\x06096086480165030403110382'::bytea IN der) > 0 THEN RETURN 'ML-DSA-44'; END IF;
  IF position('\\x06096086480165030403120382'::bytea IN der) > 0 THEN RETURN 'ML-DSA-65'; END IF;
  IF position('\\x06096086480165030403130382'::bytea IN der) > 0 THEN RETURN 'ML-DSA-87'; END IF;
  RETURN 'other';
END $$;
`;

const column = `
ALTER TABLE certificate_bytes ADD COLUMN key_algorithm text GENERATED ALWAYS AS (key_algorithm_of(der)) STORED;
`;
