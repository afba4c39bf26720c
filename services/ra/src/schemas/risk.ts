import { RISKS } from '@see/domain';
import { Type } from '@see/http';

/** Why an order needs a second approval. */
export const RisksSchema = Type.Array(
  Type.Object(
    { code: Type.Enum([...RISKS]), reason: Type.String({ description: 'In plain words, as it is signed' }) },
    { title: 'Risk' },
  ),
);
