import { parseAst } from 'rolldown/parseAst';

/** A text of `t` in the source. */
export interface SourceText {
  readonly key: string;
  readonly line: number;
}

/** Words that a reader would read and that no `t` holds, so nobody can translate them. */
export interface LooseWords {
  readonly text: string;
  readonly line: number;
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly [member: string]: unknown;
}

/** Members of a node that are nodes. */
function* childrenOf(node: Node): Generator<Node> {
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (child && typeof child === 'object' && typeof (child as Node).type === 'string') yield child as Node;
    }
  }
}

const rawOf = (quasi: Node): string => (quasi['value'] as { raw: string }).raw;

/** What a source file says: the texts that it has translated, and the words that it has not. */
export interface SourceWords {
  readonly texts: readonly SourceText[];
  readonly loose: readonly LooseWords[];
}

export function readWords(path: string, source: string): SourceWords {
  const texts: SourceText[] = [];
  const loose: LooseWords[] = [];
  const lineOf = (node: Node): number => source.slice(0, node.start).split('\n').length;
  const visit = (node: Node): void => {
    if (SILENT.has(node.type)) return;
    if (node.type === 'TaggedTemplateExpression') {
      const tag = (node['tag'] as { name?: string }).name;
      const { quasis, expressions } = node['quasi'] as { quasis: Node[]; expressions: Node[] };
      const literals = quasis.map(rawOf);
      if (tag === 't')
        texts.push({ key: literals.reduce((key, one, i) => `${key}{${i - 1}}${one}`), line: lineOf(node) });
      if (tag === 'html') for (const text of wordsOfMarkup(literals)) loose.push({ text, line: lineOf(node) });
      expressions.forEach(visit);
      return;
    }
    if (node.type === 'TemplateLiteral') {
      const { quasis, expressions } = node as unknown as { quasis: Node[]; expressions: Node[] };
      if (isWords(quasis.map(rawOf).join('0'))) loose.push({ text: quasis.map(rawOf).join('…'), line: lineOf(node) });
      expressions.forEach(visit);
      return;
    }
    if (node.type === 'Literal' && typeof node['value'] === 'string') {
      if (isWords(node['value'])) loose.push({ text: node['value'], line: lineOf(node) });
      return;
    }
    // The names of members are for programs.
    if (node.type === 'Property') {
      visit(node['value'] as Node);
      return;
    }
    // Faults and refusals are said in English, for pages and programs alike; pages mark them so.
    if (node.type === 'NewExpression' && /(?:Error|Refusal)$/.test((node['callee'] as { name?: string }).name ?? ''))
      return;
    // So are the descriptions of requests and answers.
    if (node.type === 'CallExpression' && ((node['callee'] as Node)['object'] as { name?: string })?.name === 'Type')
      return;
    // A command is typed as it stands.
    if (node.type === 'CallExpression' && (node['callee'] as { name?: string }).name === 'command') return;
    for (const child of childrenOf(node)) visit(child);
  };
  visit(parseAst(source, { lang: 'ts' }, path) as unknown as Node);
  return { texts, loose };
}

const SILENT = new Set([
  'ImportDeclaration',
  'ExportAllDeclaration',
  'TSTypeAliasDeclaration',
  'TSInterfaceDeclaration',
  'TSTypeAnnotation',
  'TSTypeParameterInstantiation',
]);

/** A sentence, or one capitalised word; not a class list, a name of an algorithm, an address or a code. */
function isWords(text: string): boolean {
  const bare = text.trim();
  // A label of PEM.
  if (/^[A-Z]+(?: [A-Z]+)+$/.test(bare)) return false;
  // Commands are typed as they are; headers are for browsers.
  if (/^(?:see|openssl|curl) |^attachment;/.test(bare)) return false;
  if (/^[A-Z][a-z’]+[.:]?$/.test(bare)) return true;
  if (!/[A-Za-z’]{2,}[,;:.]? [A-Za-z]{2,}/.test(bare)) return false;
  return (
    !bare.split(/\s+/).every((word) => /[-_/=<>{}()\\]/.test(word) || /^[a-z]+$/.test(word)) || /[.?!]$/.test(bare)
  );
}

/** Attributes that people read or hear. */
const SPOKEN = /(?:aria-label|title|placeholder|alt|content)="([^"]*)"/g;

/** The words that stand between the tags, and in the attributes that are read out. Marks of values are left out. */
function wordsOfMarkup(literals: readonly string[]): string[] {
  // Attributes that are put into a tag by parts.
  if (/^ ?[a-z-]+(?:="|$)/.test(literals[0] ?? '') && !literals.join('').includes('<')) return [];
  const markup = literals.join('\u0000').replaceAll(/<code[^>]*>.*?<\/code>/gs, '');
  const spoken = [...markup.matchAll(SPOKEN)]
    .filter(([whole]) => !/^content="(?:width|#|0;)/.test(whole))
    .map(([, value = '']) => value);
  const between = markup.replaceAll(/<[^>]*>/g, '\u0000').split('\u0000');
  return [...spoken.flatMap((value) => value.split('\u0000')), ...between]
    .map((text) => text.replaceAll(/&[a-z#0-9]+;/g, ' ').trim())
    .map((text) => text.replace(/^– /, ''))
    .filter((text) => /[A-Za-z]{2,}/.test(text) && !NAMES.has(text));
}

/** Names that every language has alike. */
const NAMES = new Set(['SEE PKI', 'UTC', 'PNG', 'CSV', 'PDF']);
