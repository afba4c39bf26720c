/** The address of a page of a list with these members; empty ones are left out. */
export function listAddress(path: string, members: Readonly<Record<string, string | undefined>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(members)) if (value !== undefined && value !== '') query.set(name, value);
  return query.size > 0 ? `${path}?${query.toString()}` : path;
}

/** Where to go after signing in: a place in the console and nowhere else. */
export function placeInConsole(next: string | undefined): string {
  return next !== undefined &&
    /^\/console(?:[/?][A-Za-z0-9\-._~/?&=%+:@]*)?$/.test(next) &&
    !next.startsWith('/console/sign-')
    ? next
    : '/console';
}
