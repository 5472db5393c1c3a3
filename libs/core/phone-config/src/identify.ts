import { matchFileName, type FileNameMatch } from './file-name.ts';
import { parseMac } from './mac.ts';
import type { Pack, PackFile } from './pack.ts';

export interface Identity {
  readonly pack?: Pack;
  /** '' = unknown */
  readonly model: string;
  /** '' = unknown */
  readonly firmware: string;
  /** of the file's name, never of the User-Agent; also of boot and optional files: serve by file.kind */
  readonly mac?: string;
  readonly file?: PackFile;
  /** what does not fit together, for people; '' = nothing */
  readonly conflict: string;
}

/** How much each witness says about the vendor. A MAC's owner is public and fixed; a User-Agent says what it likes; the case of letters is a habit. */
const WEIGHT = { oui: 5, userAgent: 3, exactName: 1 } as const;
/** Longer ones are cut: no phone writes more. */
const LONGEST_USER_AGENT = 256;

interface Candidate {
  readonly pack: Pack;
  readonly file?: { readonly entry: PackFile; readonly match: FileNameMatch };
  readonly agent?: Readonly<Record<string, string>>;
  readonly isOwnerOfMac: boolean;
}

/** Who asks for what, by votes of file name, MAC and User-Agent. A pack is named when one has most votes; what was outvoted stands in `conflict`. */
export function identify(packs: readonly Pack[], request: { readonly fileName: string; readonly userAgent: string }): Identity {
  const userAgent = request.userAgent.slice(0, LONGEST_USER_AGENT);
  const candidates = packs.map((pack) => candidateOf(pack, request.fileName, userAgent));
  const mac = candidates.map(({ file }) => file?.match.mac ?? '').find((text) => text !== '');
  const winner = elect(candidates);
  const base = { ...(mac === undefined ? {} : { mac }), conflict: conflictOf(candidates, winner, mac) };
  if (winner === undefined) return { model: '', firmware: '', ...base };
  const { pack, file, agent } = winner;
  return { pack, model: modelOf(winner), firmware: agent?.['firmware'] ?? '', ...base, ...(file === undefined ? {} : { file: file.entry }) };
}

function candidateOf(pack: Pack, fileName: string, userAgent: string): Candidate {
  const file = pack.files.map((entry) => ({ entry, match: matchFileName(entry.patterns, fileName) })).find((found): found is { entry: PackFile; match: FileNameMatch } => found.match !== undefined && isOfPack(pack, found.match));
  const agent = pack.userAgents.map((pattern) => pattern.exec(userAgent)).find((match) => match !== null);
  const mac = file?.match.mac ?? '';
  return { pack, ...(file === undefined ? {} : { file }), ...(agent ? { agent: { ...agent.groups } } : {}), isOwnerOfMac: mac !== '' && pack.ouis.includes(mac.slice(0, 6)) };
}

/** A {model} or {code} in a name is one of the pack's, so that `{model}.img` does not claim every image. */
function isOfPack(pack: Pack, { model, code }: FileNameMatch): boolean {
  return (model === '' || findModel(pack, model) !== undefined) && (code === '' || pack.models.some((known) => known.code === code));
}

/** Whoever the name belongs to comes first; a User-Agent alone names the vendor, but no file. */
function elect(candidates: readonly Candidate[]): Candidate | undefined {
  const named = candidates.filter(({ file }) => file !== undefined);
  const ranked = (named.length > 0 ? named : candidates.filter(({ agent }) => agent !== undefined)).map((candidate) => ({ candidate, votes: votesOf(candidate) })).sort((a, b) => b.votes - a.votes);
  const [first, second] = ranked;
  if (first === undefined || (second !== undefined && second.votes === first.votes)) return undefined;
  return first.candidate;
}

const votesOf = ({ file, agent, isOwnerOfMac }: Candidate): number => (isOwnerOfMac ? WEIGHT.oui : 0) + (agent === undefined ? 0 : WEIGHT.userAgent) + (file?.match.isExact === true ? WEIGHT.exactName : 0);

const findModel = (pack: Pack, text: string): string | undefined => {
  const wanted = text.toLowerCase();
  return pack.models.find(({ name, aliases }) => [name, ...aliases].some((word) => word.toLowerCase() === wanted))?.name;
};

/** The User-Agent's word; without one the file's {model}, or its {code} when one model has it. An unknown model stays as it names itself. */
function modelOf({ pack, agent, file }: Candidate): string {
  const said = agent?.['model'] ?? '';
  if (said !== '') return findModel(pack, said) ?? said;
  const { model = '', code = '' } = file?.match ?? {};
  if (model !== '') return findModel(pack, model) ?? '';
  const coded = code === '' ? [] : pack.models.filter((known) => known.code === code);
  return coded.length === 1 ? (coded[0]?.name ?? '') : '';
}

function conflictOf(candidates: readonly Candidate[], winner: Candidate | undefined, mac: string | undefined): string {
  const faults: string[] = [];
  const asked = candidates.find(({ agent }) => agent !== undefined);
  const owner = candidates.find(({ isOwnerOfMac }) => isOwnerOfMac);
  if (asked !== undefined && owner !== undefined && asked !== owner) faults.push(`the MAC is of ${owner.pack.name}, the User-Agent of ${asked.pack.name}`);
  else if (asked !== undefined && winner !== undefined && asked !== winner) faults.push(`the file is of ${winner.pack.name}, the User-Agent of ${asked.pack.name}`);
  const claimed = parseMac(asked?.agent?.['mac'] ?? '');
  if (mac !== undefined && claimed !== undefined && claimed !== mac) faults.push('the User-Agent names another MAC than the file');
  if (winner !== undefined && !fitsCode(winner)) faults.push('the file is of another model than the User-Agent');
  return faults.join('; ');
}

function fitsCode({ pack, agent, file }: Candidate): boolean {
  const said = findModel(pack, agent?.['model'] ?? '');
  const { code = '', model = '' } = file?.match ?? {};
  if (said === undefined) return true;
  if (model !== '') return findModel(pack, model) === said;
  return code === '' || pack.models.some((known) => known.code === code && known.name === said);
}
