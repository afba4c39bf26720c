import { type App, Type } from '@see/http';
import { LANGUAGES, languageCookie } from '@see/language';

/** A path on this origin: no host, no scheme, nothing that a browser takes for one. */
const PLACE = /^\/(?![/\\])[^\\\s]*$/;

/**
 * `/language/<language>?back=<path>` remembers a language for a year and leads back. It changes nothing else, so a link
 * is enough and it works without scripts.
 */
export function languageRoute(app: App): void {
  app.get(
    '/language/:language',
    {
      config: { operation: 'language.choose', public: true },
      schema: {
        params: Type.Object({ language: Type.Enum([...LANGUAGES]) }),
        querystring: Type.Object(
          { back: Type.Optional(Type.String({ maxLength: 2_000 })) },
          { additionalProperties: false },
        ),
      },
    },
    async (request, reply) => {
      const { back = '/' } = request.query;
      return reply
        .header('set-cookie', languageCookie(request.params.language))
        .header('cache-control', 'no-store')
        .redirect(PLACE.test(back) ? back : '/', 303);
    },
  );
}
