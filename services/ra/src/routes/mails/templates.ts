import { type App, Type } from '@see/http';
import { renderHtml, renderText, subjectText, TEMPLATE_IDS, TEMPLATES, tableRows } from '@see/letters';
import { writeCsv } from '@see/person-import';
import { access } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';
import { TemplateIdSchema } from '../../schemas/mail.ts';

const Table = Type.Object({ name: Type.String(), csv: Type.String() }, { description: 'The file that goes with it' });
const Listed = Type.Object({ id: TemplateIdSchema, title: Type.String() });

/** `GET /mail-templates` and `GET /mail-templates/:id`: what mails say, by an example of made-up facts. */
export function mailTemplateRoutes(scope: App, ra: Ra): void {
  scope.get(
    '/api/v1/mail-templates',
    {
      config: access('mail-template.list'),
      schema: {
        summary: 'The letters that this service writes',
        tags: ['mails'],
        response: { 200: Type.Object({ items: Type.Array(Listed) }) },
      },
    },
    async () => ({ items: TEMPLATE_IDS.map((id) => ({ id, title: TEMPLATES[id].title })) }),
  );
  scope.get(
    '/api/v1/mail-templates/:id',
    {
      config: access('mail-template.show'),
      schema: {
        summary: 'One letter, with made-up facts',
        tags: ['mails'],
        params: Type.Object({ id: TemplateIdSchema }),
        response: {
          200: Type.Object(
            {
              id: TemplateIdSchema,
              title: Type.String(),
              subject: Type.String(),
              text: Type.String(),
              html: Type.String(),
              table: Type.Union([Table, Type.Null()]),
            },
            { title: 'MailPreview' },
          ),
        },
      },
    },
    async (request) => {
      const { id } = request.params;
      const { title, sample } = TEMPLATES[id];
      const letter = sample(ra.site.urls.portal);
      const table = letter.table ? { name: letter.table.name, csv: writeCsv(tableRows(letter.table)) } : null;
      return { id, title, subject: subjectText(letter), text: renderText(letter), html: renderHtml(letter), table };
    },
  );
}
