import { gunzipSync, gzipSync } from 'node:zlib';
import { type Actor, type App, actorOf, Refusal, Type } from '@see/http';
import { CSV_LIMITS, PERSON_FIELDS } from '@see/person-import';
import { apiText, importPreviewPage, viewOf } from '@see/ui';
import type { FastifyRequest } from 'fastify';
import { auditActor } from '../../audit-actor.ts';
import { importPreview } from '../../operations/import-preview.ts';
import { assertMayOrder, type ImportWish, prepareImport } from '../../operations/prepare-import.ts';
import { profileTitle } from '../../operations/profile-title.ts';
import { startImport } from '../../operations/start-import.ts';
import { access, authorise } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { IMPORT_BODY } from '../../schemas/import.ts';
import { readUpload, takeUploads, textOf, type Upload } from '../upload.ts';
import { drawNewImport } from './draw-new-import.ts';
import { refuseOnPage } from './page-of-refusal.ts';
import { assertOwnForm, readerOf } from './session.ts';

/** Octets of the largest file, and what base64 of it, compressed or not, can take in a form. */
const LARGEST = CSV_LIMITS.octets;

/** What a form of an import says: choices of the first page, which the second one carries along with the file. */
type Fields = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * An import in three steps: choose, see what it would do, start exactly that. Nothing is stored before the start: the
 * file goes with the page of the second step, compressed, and comes back with its form.
 */
export async function newImportRoutes(scope: App, ra: Ra): Promise<void> {
  scope.get('/console/imports/new', { config: access('import.create') }, async (request) =>
    drawNewImport(ra, request, {}, []),
  );
  scope.post(
    '/console/imports',
    {
      config: access('import.create'),
      bodyLimit: IMPORT_BODY,
      schema: { body: Type.Record(Type.String(), Type.Unknown()) },
    },
    async (request, reply) => {
      assertOwnForm(ra, request);
      const fields = request.body as Fields;
      const wish = wishOf(actorOf(request), fields, unpack(fields));
      authorise(actorOf(request), 'import.create', wish.agencyId);
      let id: string;
      try {
        assertMayOrder(actorOf(request), wish);
        id = await startImport(ra, auditActor(request), wish, one(fields, 'confirm'));
      } catch (error) {
        return refuseOnPage(request, error, async (said) =>
          drawNewImport(ra, request, fields, [{ text: apiText(said) }]),
        );
      }
      return reply.redirect(`/console/imports/${id}?done=start`, 303);
    },
  );
  await scope.register(async (inner: App) => {
    await takeUploads(inner);
    inner.post(
      '/console/imports/preview',
      { config: access('import.preview'), bodyLimit: IMPORT_BODY },
      async (request) => {
        const { fields, octets } = await readForm(request);
        request.body = fields;
        assertOwnForm(ra, request);
        try {
          return await preview(ra, request, fields, octets);
        } catch (error) {
          return refuseOnPage(request, error, async (said) =>
            drawNewImport(ra, request, fields, [{ text: apiText(said) }]),
          );
        }
      },
    );
  });
}

async function preview(ra: Ra, request: FastifyRequest, fields: Fields, octets: Uint8Array): Promise<string> {
  if (octets.length === 0) throw new Refusal('invalid-request', 'Choose a file, or paste its text.');
  const actor = actorOf(request);
  const wish = wishOf(actor, fields, octets);
  authorise(actor, 'import.preview', wish.agencyId);
  assertMayOrder(actor, wish);
  const shown = importPreview(wish.agencyId, await prepareImport(ra, ra.db, wish, actor.personId));
  return importPreviewPage(viewOf(ra.site, request), readerOf(ra, request), {
    ...shown,
    agency: ra.authority.current.agencies.get(wish.agencyId)?.name ?? wish.agencyId,
    conflicts: shown.conflicts.map(({ wanted, existing, ...conflict }) => ({
      ...conflict,
      wanted: wanted.displayName,
      existing: existing && { id: existing.id, name: existing.displayName, email: existing.email },
    })),
    first: shown.first.map(({ row, displayName: name, email }) => ({ row, name, email })),
    ordered: (wish.order?.profiles ?? []).map((id) => profileTitle(ra, id)),
    carried: carriedOf(fields, octets, shown.digest),
    leaveOut: wish.leaveOut ?? false,
  });
}

/** The form of the first page with its file, or that of the second one with the file in it. */
async function readForm(request: FastifyRequest): Promise<{ readonly fields: Fields; readonly octets: Uint8Array }> {
  if (!request.isMultipart()) {
    const fields = (request.body ?? {}) as Fields;
    return { fields, octets: unpack(fields) };
  }
  const { fields, files }: Upload = await readUpload(request, { file: LARGEST, field: LARGEST });
  const text = textOf(fields, 'text').trim();
  const octets = files['file'] ?? new TextEncoder().encode(text);
  return { fields, octets };
}

/** The file that a form carries. Throws Refusal `invalid-request` when it is none, or grows beyond what an import may be. */
function unpack(fields: Fields): Uint8Array {
  try {
    return new Uint8Array(gunzipSync(Buffer.from(one(fields, 'packed'), 'base64url'), { maxOutputLength: LARGEST }));
  } catch (cause) {
    throw new Refusal('invalid-request', 'The file did not come along. Choose it again.', { cause });
  }
}

function carriedOf(fields: Fields, octets: Uint8Array, digest: string): Record<string, string> {
  const kept = [
    'agencyId',
    'sameName',
    'leaveOut',
    'profiles',
    'sponsorId',
    ...PERSON_FIELDS.map((field) => `map-${field}`),
  ];
  const carried = kept.map((name) => [name, many(fields, name).join(',')] as const).filter(([, value]) => value !== '');
  return {
    ...Object.fromEntries(carried),
    confirm: digest,
    packed: gzipSync(octets, { level: 9 }).toString('base64url'),
  };
}

function wishOf(actor: Actor, fields: Fields, octets: Uint8Array): ImportWish {
  const profiles = many(fields, 'profiles').flatMap((text) => text.split(','));
  const mapping = Object.fromEntries(
    PERSON_FIELDS.map((field) => [field, one(fields, `map-${field}`)] as const).filter(([, header]) => header !== ''),
  );
  return {
    agencyId: one(fields, 'agencyId'),
    csv: Buffer.from(octets).toString('base64'),
    ...(Object.keys(mapping).length > 0 ? { mapping } : {}),
    sameName: one(fields, 'sameName') === 'create' ? 'create' : 'skip',
    leaveOut: one(fields, 'leaveOut') === 'yes',
    ...(profiles.length > 0
      ? {
          order: {
            profiles: profiles.slice(0, 3),
            sponsorId: one(fields, 'sponsorId'),
            // A registration agent orders in their own name.
            ...(actor.role === 'registration-agent' ? { agentId: actor.personId } : {}),
          },
        }
      : {}),
  };
}

function one(fields: Fields, name: string): string {
  return many(fields, name)[0] ?? '';
}

function many(fields: Fields, name: string): readonly string[] {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (value === undefined || typeof value === 'string') return value ? [value] : [];
  return value.filter((text) => text !== '');
}
