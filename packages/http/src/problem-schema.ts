import Type from 'typebox';

/** One broken rule, as the API describes it. */
export const ViolationSchema = Type.Object(
  {
    code: Type.String(),
    path: Type.Optional(Type.String()),
    message: Type.String(),
    source: Type.Optional(Type.String()),
    remedy: Type.Optional(Type.String()),
  },
  { title: 'Violation' },
);

/** Problem details (RFC 9457). Further members may be present. */
export const ProblemSchema = Type.Object(
  {
    type: Type.String({ description: 'urn:see-pki:problem:<code>' }),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String(),
    instance: Type.String({ description: 'The id of the request' }),
    code: Type.String(),
    violations: Type.Optional(Type.Array(ViolationSchema)),
  },
  { title: 'Problem' },
);
