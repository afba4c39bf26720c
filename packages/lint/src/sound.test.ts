import { buildTbsCertificate, keyIdentifierOf, keyUsage, oid, parseSpki, subjectKeyIdentifier } from '@see/x509';
import { describe, expect, it } from 'vitest';
import { lintCertificate } from './index.ts';
import { purposes } from './lint-context.ts';
import { rsaKey, soundContext, soundTemplate } from './samples.ts';

describe('sound certificates', () => {
  it.each(purposes)('%s: no finding', (purpose) => {
    expect(lintCertificate(buildTbsCertificate(soundTemplate(purpose)), soundContext(purpose))).toEqual([]);
  });

  it.each(['gateway-encrypt', 'user-encrypt', 'gateway-sign', 'tls-server'] as const)(
    '%s with RSA: no finding',
    (purpose) => {
      const sound = soundTemplate(purpose);
      const spki = rsaKey();
      const extensions = sound.extensions.map((extension) => {
        if (extension.oid === oid.subjectKeyIdentifier) return subjectKeyIdentifier(keyIdentifierOf(parseSpki(spki)));
        if (extension.oid === oid.keyUsage && purpose.endsWith('encrypt')) return keyUsage(['keyEncipherment']);
        return extension;
      });
      expect(lintCertificate(buildTbsCertificate({ ...sound, spki, extensions }), soundContext(purpose))).toEqual([]);
    },
  );
});
