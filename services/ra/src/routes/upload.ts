import multipart from '@fastify/multipart';
import { type App, assertMemberName, assertPlainText, Refusal } from '@see/http';
import type { FastifyRequest } from 'fastify';

/** A form with files, read whole: texts by name, and the octets of the files that were chosen. A text that comes more than once is a list. */
export interface Upload {
  readonly fields: Readonly<Record<string, string | readonly string[]>>;
  readonly files: Readonly<Record<string, Uint8Array>>;
}

export interface UploadLimits {
  /** Octets of a file. */
  readonly file: number;
  /** Octets of a text. */
  readonly field: number;
}

const MAX_FIELDS = 40;
const MAX_FILES = 2;

/** Lets the routes of a scope take multipart/form-data (RFC 7578), by {@link readUpload} alone. Other scopes refuse it. */
export async function takeUploads(scope: App): Promise<void> {
  await scope.register(multipart, {
    throwFileSizeLimit: true,
    limits: {
      fieldNameSize: 100,
      fields: MAX_FIELDS,
      files: MAX_FILES,
      parts: MAX_FIELDS + MAX_FILES,
      headerPairs: 20,
    },
  });
}

/** The text of a field that comes once; empty when it does not. */
export function textOf(fields: Upload['fields'], name: string): string {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  return typeof value === 'string' ? value : '';
}

/**
 * Reads a form of a scope that takes uploads. Nothing is written to a disk. A file that comes twice, names that reach a
 * prototype, texts that are not plain UTF-8 and anything beyond the limits are refused; a file that was not chosen is
 * left out. Names of files and their types are not looked at. Throws Refusal.
 */
export async function readUpload(request: FastifyRequest, limits: UploadLimits): Promise<Upload> {
  const fields: Record<string, string | string[]> = {};
  const files: Record<string, Uint8Array> = {};
  try {
    for await (const part of request.parts({ limits: { fileSize: limits.file, fieldSize: limits.field } })) {
      assertMemberName(part.fieldname);
      if (part.type === 'file') {
        if (Object.hasOwn(files, part.fieldname))
          throw new Refusal('duplicate-member', 'The form has the same file twice.');
        const octets = await part.toBuffer();
        if (octets.length > 0 || part.filename) files[part.fieldname] = new Uint8Array(octets);
        continue;
      }
      if (part.valueTruncated) throw tooLarge();
      if (typeof part.value !== 'string') throw new Refusal('invalid-request', 'A field of the form is not text.');
      const text = part.value;
      assertPlainText(text, `The field ${part.fieldname}`);
      const earlier = Object.hasOwn(fields, part.fieldname) ? fields[part.fieldname] : undefined;
      fields[part.fieldname] = earlier === undefined ? text : [earlier, text].flat();
    }
  } catch (error) {
    throw refusalOfUpload(error);
  }
  return { fields, files };
}

const LIMITS = /^FST_(?:REQ_FILE_TOO_LARGE|PARTS_LIMIT|FILES_LIMIT|FIELDS_LIMIT)$/;

function refusalOfUpload(error: unknown): unknown {
  if (error instanceof Refusal || !(error instanceof Error)) return error;
  const { code } = error as { code?: string };
  if (code !== undefined && LIMITS.test(code)) return tooLarge(error);
  if (code === 'FST_PROTO_VIOLATION')
    return new Refusal('forbidden-member', 'The form has a field with a forbidden name.', { cause: error });
  // What is left is said by the reader of the form: it ended too early, or its parts have no such form.
  return code?.startsWith('FST_ERR_CTP')
    ? error
    : new Refusal('malformed-request', 'The form cannot be read. Send it again.', { cause: error });
}

function tooLarge(cause?: unknown): Refusal {
  return new Refusal('body-too-large', 'The file is larger than this operation takes. Send less.', { cause });
}
