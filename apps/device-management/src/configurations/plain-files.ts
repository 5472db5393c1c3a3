import { renderBootstrap, renderCommon, type Identity, type OpenInput, type Pack, type PackFile, type RenderedFile } from '@sfs/phone-config';
import { BoundedMap } from './bounded-map.ts';
import type { PlainFile } from './configurations.port.ts';

type Render = (pack: Pack, file: PackFile, input: OpenInput) => RenderedFile;

/** A phone that waits for its number comes again this often; at most 5,000 of a tenant are noted. */
const CHECK_MINUTES = 5;
const MOST_FILES = 2000;

/**
 * Files without secrets. They depend on the name asked for and on the pack, on nothing that is stored: so they tell nothing about what is. A file with a MAC in
 * its name is made anew for everybody: kept, it would be quicker for a phone that had asked before, and tell that there is one.
 */
export class PlainFiles {
  readonly #publicUrl: string;
  readonly #kept = new BoundedMap<string, PlainFile>(MOST_FILES);

  constructor(publicUrl: string) {
    this.#publicUrl = publicUrl;
  }

  /** Without a pack: nothing to say. */
  bootstrap({ pack, file }: Identity, fileName: string): PlainFile {
    if (!pack || !file) return { body: new Uint8Array(), contentType: 'text/plain' };
    return this.#made(renderBootstrap, pack, file, fileName);
  }

  common({ pack, file, mac }: Identity, fileName: string): PlainFile | undefined {
    if (!pack || !file || (file.kind !== 'common' && file.kind !== 'boot')) return undefined;
    if (mac !== undefined) return this.#made(renderCommon, pack, file, fileName);
    const key = `${pack.id} ${file.name} ${fileName}`;
    const known = this.#kept.get(key);
    if (known) return known;
    const made = this.#made(renderCommon, pack, file, fileName);
    this.#kept.set(key, made);
    return made;
  }

  #made(render: Render, pack: Pack, file: PackFile, fileName: string): PlainFile {
    const { text, contentType } = render(pack, file, { fileName, urls: { plain: this.#publicUrl, enrolled: `${this.#publicUrl}/enrolled` }, checkMinutes: CHECK_MINUTES });
    return { body: Buffer.from(text), contentType };
  }
}
