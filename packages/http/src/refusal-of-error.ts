import { Refusal, type Violation } from './problem.ts';

interface SchemaFault {
  readonly keyword?: string;
  readonly instancePath?: string;
  readonly message?: string;
  readonly params?: Readonly<Record<string, unknown>>;
}

interface FrameworkError {
  readonly code?: string;
  readonly statusCode?: number;
  readonly validation?: readonly SchemaFault[];
  readonly validationContext?: string;
}

/**
 * The refusal that an error of the framework stands for, or undefined when the error is none of the client's making
 * (the answer is then `internal` and the cause goes to the log).
 */
export function refusalOfError(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error;
  if (typeof error !== 'object' || error === null) return undefined;
  const { code, statusCode, validation, validationContext } = error as FrameworkError;
  if (validation) return invalidRequest(validation, validationContext ?? 'body');
  switch (code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new Refusal('body-too-large', 'The body is larger than this operation takes. Send less.');
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
    case 'FST_ERR_CTP_INVALID_TYPE':
      return new Refusal('unsupported-media-type', 'This operation does not take a body of that type.');
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return new Refusal('malformed-request', 'The body is not as long as its Content-Length says.');
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
      return new Refusal('malformed-json', 'The body is not JSON (RFC 8259).');
    case 'FST_ERR_BAD_URL':
      return new Refusal('bad-path', 'The address is not well-formed percent-encoded UTF-8.');
    case 'FST_ERR_NOT_FOUND':
      return new Refusal('not-found', 'There is nothing at this address.');
    case 'ECONNRESET':
    case 'ERR_STREAM_PREMATURE_CLOSE':
      return new Refusal('malformed-request', 'The body ended before it was complete.');
    default:
      return statusCode !== undefined && statusCode >= 400 && statusCode < 500
        ? new Refusal('malformed-request', 'The request cannot be read.', { cause: error })
        : undefined;
  }
}

function invalidRequest(faults: readonly SchemaFault[], context: string): Refusal {
  const violations = faults.map((fault) => violationOf(fault, context));
  const first = violations[0];
  const where = first?.path === undefined ? '' : ` (${first.path})`;
  return new Refusal('invalid-request', `${first?.message ?? 'The request has another form'}${where}.`, { violations });
}

/** One schema fault in words. The value that was sent is never repeated. */
function violationOf(fault: SchemaFault, context: string): Violation {
  const params = fault.params ?? {};
  const place = `${context}${fault.instancePath ?? ''}`;
  const name = (member: string): string => String(params[member]);
  switch (fault.keyword) {
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return {
        code: 'unknown-member',
        path: `${place}/${name('additionalProperty')}`,
        message: 'This operation has no such member',
        remedy: 'Remove it, or check its spelling. Nothing is dropped silently.',
      };
    case 'required':
      return { code: 'missing-member', path: `${place}/${name('missingProperty')}`, message: 'This member is missing' };
    case 'type':
      return {
        code: 'wrong-type',
        path: place,
        message: `Must be of type ${name('type')}`,
        remedy: 'Values are never converted: a number is sent as a number, a text as a text.',
      };
    case 'enum':
    case 'const':
    case 'anyOf': {
      const allowed = params['allowedValues'];
      return {
        code: 'not-allowed',
        path: place,
        message: Array.isArray(allowed)
          ? `Must be one of ${allowed.map(String).join(', ')}`
          : 'Has none of the forms allowed',
      };
    }
    case 'pattern':
      return { code: 'wrong-form', path: place, message: 'Does not have the form that this member takes' };
    default:
      return { code: 'wrong-value', path: place, message: capital(fault.message ?? 'is not allowed') };
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
