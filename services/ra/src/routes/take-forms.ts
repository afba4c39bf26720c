import { type App, parseStrictForm } from '@see/http';

/** Lets the routes of a scope take forms (application/x-www-form-urlencoded), read strictly. Other scopes refuse them. */
export function takeForms(scope: App): void {
  scope.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'buffer' }, (_request, body, done) => {
    try {
      done(null, parseStrictForm(body as Buffer));
    } catch (error) {
      done(error as Error);
    }
  });
}
