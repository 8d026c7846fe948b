import type { Hash } from './merkle.ts';
import { type NoteSigner, type NoteVerifier, openNote, signNote } from './signed-note.ts';

/** The state of a ledger's tree at one time. */
export type Checkpoint = { readonly size: number; readonly root: Hash };

/** Writes and signs a checkpoint. The origin, which names the ledger, is the signer's name. @see C2SP tlog-checkpoint */
export const signCheckpoint = ({ size, root }: Checkpoint, signer: NoteSigner): string =>
  signNote(`${signer.name}\n${size}\n${root.toString('base64')}\n`, signer);

/**
 * Reads a checkpoint that one of the verifiers' keys signed; `undefined` for any other text. The origin must be that
 * verifier's name.
 */
export const openCheckpoint = (
  note: string,
  verifiers: readonly NoteVerifier[],
): Checkpoint | undefined => {
  const opened = openNote(note, verifiers);
  const [, origin, size, root] =
    /^([^\n]+)\n(0|[1-9]\d{0,15})\n([A-Za-z0-9+/]{43}=)\n/.exec(opened?.text ?? '') ?? [];
  if (origin === undefined || origin !== opened?.signedBy.name) {
    return undefined;
  }
  return { size: Number(size), root: Buffer.from(root ?? '', 'base64') };
};
