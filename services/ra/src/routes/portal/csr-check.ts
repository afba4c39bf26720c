import { type App, Refusal } from '@see/http';
import { t } from '@see/language';
import { type CsrReadOut, csrCheckPage, type FieldError, viewOf } from '@see/ui';
import type { FastifyRequest } from 'fastify';
import { GATEWAY_PROFILES } from '../../operations/gateway-certificate.ts';
import { inspectRequest } from '../../operations/inspect-request.ts';
import { profileTitle } from '../../operations/profile-title.ts';
import { csrOfFile, csrOfText } from '../../operations/read-csr.ts';
import type { Ra } from '../../ra.ts';
import { readUpload, textOf, type Upload } from '../upload.ts';

/** Octets of a request: ten thousand names fit in, more than any rule allows. */
const LARGEST = 300_000;
/** What fits into the page again, to be changed. */
const SHOWN = 20_000;

/** The page that takes a request and says what we would make of it; the answer to the form is on the same page. */
export function csrCheckRoutes(scope: App, ra: Ra): void {
  scope.get('/gateways/check', { config: { operation: 'portal.csr-check', public: true } }, async (request) =>
    draw(ra, request, {}),
  );
  scope.post(
    '/gateways/check',
    { config: { operation: 'portal.check-csr', public: true }, bodyLimit: 2 * LARGEST },
    async (request, reply) => {
      const { fields, files } = await readUpload(request, { file: LARGEST, field: LARGEST });
      const [text, profile] = [textOf(fields, 'text'), textOf(fields, 'profile')];
      const known = profilesOf(ra).some(({ id }) => id === profile) ? profile : '';
      const said = { text: text.length > SHOWN ? '' : text, profile: known };
      const read = derOf({ fields, files });
      if ('errors' in read) return reply.code(400).send(draw(ra, request, { ...said, errors: read.errors }));
      if ('readOut' in read) return reply.code(400).send(draw(ra, request, { ...said, readOut: read.readOut }));
      const { taken, ignored, violations, refused } = await inspectRequest(ra, read.der, known || undefined);
      return reply
        .code(refused ? 400 : 200)
        .send(draw(ra, request, { ...said, readOut: { taken, ignored, violations } }));
    },
  );
}

type Read =
  | { readonly der: Uint8Array }
  | { readonly errors: readonly FieldError[] }
  | { readonly readOut: CsrReadOut };

/** The request, from the file before the text. What cannot be read is reported like any other fault of a request. */
function derOf({ fields, files }: Upload): Read {
  const { file } = files;
  const text = textOf(fields, 'text').trim();
  if (!file && text === '') return { errors: [{ field: 'file', text: t`Choose a file, or paste its text.` }] };
  if (looksPrivate(file, text))
    return {
      errors: [
        {
          field: file ? 'file' : 'text',
          text: t`This is a private key. Keep it to yourself: we take the request only. If it is in use already, make a new one.`,
        },
      ],
    };
  try {
    return { der: file ? csrOfFile(file) : csrOfText(text) };
  } catch (error) {
    if (error instanceof Refusal) return { readOut: { taken: null, ignored: [], violations: error.violations } };
    throw error;
  }
}

function looksPrivate(file: Uint8Array | undefined, text: string): boolean {
  return /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/.test(file ? Buffer.from(file).toString('latin1') : text);
}

function profilesOf(ra: Ra): { readonly id: string; readonly title: string }[] {
  return GATEWAY_PROFILES.map((id) => ({ id, title: profileTitle(ra, id) })).filter(({ id, title }) => id !== title);
}

function draw(
  ra: Ra,
  request: FastifyRequest,
  said: { text?: string; profile?: string; readOut?: CsrReadOut; errors?: readonly FieldError[] },
): string {
  return csrCheckPage(viewOf(ra.site, request), {
    text: said.text ?? '',
    profile: said.profile ?? '',
    profiles: profilesOf(ra),
    readOut: said.readOut,
    errors: said.errors ?? [],
  });
}
