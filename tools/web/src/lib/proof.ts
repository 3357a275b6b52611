// Checks a proof file (tools/proof/proof_file.h): whether the event's stored bytes lead to the root in its checkpoint.
// Who signed the checkpoint is not checked here.

export interface ProofFile {
  format: string;
  checkpoint: string;
  events: { leaf_index: number; bytes: string; path: string[] }[];
}

export interface Step {
  side: 'left' | 'right'; // on which side of the path the hash stands
  hash: string;
}

export interface CheckedProof {
  leaf: string;
  size: number;
  origin: string;
  root: string; // in the checkpoint
  reached: string; // by the path
  steps: Step[];
  holds: boolean;
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function hashOf(...parts: Uint8Array[]): Promise<Uint8Array> {
  const all = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return new Uint8Array(await crypto.subtle.digest('SHA-256', all));
}

const leafPrefix = Uint8Array.of(0);
const nodePrefix = Uint8Array.of(1);

// RFC 9162, section 2.1.3.2. Throws if it is no proof file.
export async function checkProof(file: ProofFile): Promise<CheckedProof> {
  if (file.format !== 'duebook proof 1' || file.events.length !== 1) throw new Error('format');
  const [origin, sizeText, rootText] = file.checkpoint.split('\n');
  if (!/^[1-9]\d*$/.test(sizeText)) throw new Error('size');
  const size = BigInt(sizeText);
  const [event] = file.events;
  let index = BigInt(event.leaf_index);
  let last = size - 1n;
  if (index > last) throw new Error('index');
  const leaf = await hashOf(leafPrefix, bytesOf(event.bytes));
  let hash = leaf;
  const steps: Step[] = [];
  let holds = true;
  for (const each of event.path) {
    const beside = bytesOf(each);
    if (last === 0n || beside.length !== 32) holds = false;
    if (index % 2n === 1n || index === last) {
      hash = await hashOf(nodePrefix, beside, hash);
      steps.push({ side: 'left', hash: hexOf(beside) });
      while (index % 2n === 0n && index !== 0n) {
        index /= 2n;
        last /= 2n;
      }
    } else {
      hash = await hashOf(nodePrefix, hash, beside);
      steps.push({ side: 'right', hash: hexOf(beside) });
    }
    index /= 2n;
    last /= 2n;
  }
  const [root, reached] = [hexOf(bytesOf(rootText)), hexOf(hash)];
  return { leaf: hexOf(leaf), size: Number(size), origin, root, reached, steps, holds: holds && last === 0n && root === reached };
}
