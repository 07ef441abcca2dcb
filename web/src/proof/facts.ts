// Facts: what stands verified once every check of a proof file has passed. `findings` puts them into lists.

import type { Charter } from '../charter/charter';
import type { NodeKeys } from '../charter/directory';
import type { Signer } from '../charter/signers';
import type { Void } from '../charter/void';
import type { Bytes } from '../crypto/bytes';
import type { Entry } from '../record/entry';
import { verifyConsistency } from '../record/merkle';
import type { Statement } from '../record/statement';
import type { Chain } from './chain';
import type { CharterLine } from './charters';

/** A post-quantum cosignature (0x06) of `log` at `size`; `timeS` is its cosigner's clock, 0 where it names none. */
export interface Cosigned {
  readonly log: number;
  readonly size: number;
  readonly by: number;
  readonly timeS: number | bigint;
}

/** `log`'s node signed, at `size`, another history than the one in the file. */
export interface Forked {
  readonly log: number;
  readonly size: number;
}

/** A verified checkpoint: signed by the node key that its member's root certified. */
export interface Head {
  readonly size: number;
  readonly root: Bytes;
  readonly keys: NodeKeys;
  readonly cosigned: readonly Cosigned[];
}

/** A receipt of another member, in its own log at `seq`, of the very history that the file proves. */
export interface Holding {
  readonly log: number;
  readonly seq: number;
  readonly atMs: number;
}

/** The last entry of another's `log` that the author's entry `claimedAt` commits to. */
export interface Sighting extends Holding {
  readonly claimedAt: number;
}

export interface Facts {
  readonly line: CharterLine;
  readonly chains: ReadonlyMap<number, Chain>;
  readonly heads: ReadonlyMap<number, Head>;
  readonly log: number;
  readonly entry: Entry;
  /** Of the version that the entry names. */
  readonly charter: Charter;
  readonly chain: Chain;
  readonly head: Head;
  /** Null where its bytes are not in the form of a statement; it is void then. */
  readonly statement: Statement | null;
  readonly void: Void | null;
  /** Whose valid signature it bears, by the author's directory at that place. */
  readonly signer: Signer | null;
  readonly content: Bytes | null;
  readonly holdings: readonly Holding[];
  readonly sightings: readonly Sighting[];
  readonly cosigned: readonly Cosigned[];
  readonly forks: readonly Forked[];
  readonly anchored: boolean;
}

/** Whether `path` is a consistency proof between the tree (size, root) and this head, whichever is the larger. */
export function isOneHistory(head: Head, size: number, root: Bytes, path: readonly Bytes[]): boolean {
  return size <= head.size
    ? verifyConsistency(size, head.size, root, head.root, path)
    : verifyConsistency(head.size, size, head.root, root, path);
}
