/** placeholder */
export async function apiIssuance(_name: string, _curve: string, _print: (line: string) => void): Promise<void> {}
