import type { Actor } from '@see/http';
import { agencyOf } from '../../permissions.ts';
import type { Ra } from '../../ra.ts';

type Options = readonly { readonly id: string; readonly name: string }[];

/** The agencies by which a reader may narrow a list, by name; undefined for those who see one agency only. */
export function agencyOptions(ra: Ra, actor: Actor): Options | undefined {
  return agencyOf(actor) === undefined ? agencyOptionsOfAll(ra) : undefined;
}

/** All agencies by name, for those who see all. */
export function agencyOptionsOfAll(ra: Ra): Options {
  return [...ra.authority.current.agencies.values()]
    .map(({ agencyId, name }) => ({ id: agencyId, name }))
    .sort((a, b) => a.name.localeCompare(b.name));
}
