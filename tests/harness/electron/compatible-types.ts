import type { EventEmitter } from "node:events";

/**
 * True if `Theirs` has all members of `Ours` with compatible types; otherwise a type that explains the difference, to which `true`
 * cannot be assigned. So the stand-in does not compile with a member that Electron's types lack.
 */
export type Compatible<Ours, Theirs> = [Exclude<keyof Ours, keyof Theirs>] extends [never]
  ? Pick<Ours, Comparable<Ours, Theirs>> extends Pick<Theirs, Comparable<Ours, Theirs>>
    ? true
    : { hasAnotherShape: Misshapen<Ours, Theirs> }
  : { isNotInElectron: Exclude<keyof Ours, keyof Theirs> };

// The prototype of a class is Electron's complete object, of which the stand-in implements a part. Events are Node's on both sides.
type Comparable<Ours, Theirs> = Exclude<keyof Ours & keyof Theirs, "prototype" | keyof EventEmitter>;

type Misshapen<Ours, Theirs> = {
  [Member in Comparable<Ours, Theirs>]: Ours[Member] extends Theirs[Member] ? never : Member;
}[Comparable<Ours, Theirs>];

/**
 * Types a partial implementation of one of Electron's objects as the complete object. Safe because a missing member is undefined at
 * run time: a program that uses it fails immediately, and the stand-in has to be extended.
 */
export function asComplete<Theirs>(ours: Partial<Theirs>): Theirs {
  return ours as Theirs;
}

/** The same for an object of a class of ours, which `Faithful` compares. */
export function objectAsComplete<Theirs>(ours: { [Member in keyof Theirs]?: unknown }): Theirs {
  return ours as Theirs;
}
