import type { EventEmitter } from "node:events";

/**
 * True where all that `Ours` has is in `Theirs` as well, in a shape that fits; else a type to which nothing but an explanation can be
 * assigned. So a member that the stand-in has and Electron's types have not fails the compilation.
 */
export type Faithful<Ours, Theirs> = [Exclude<keyof Ours, keyof Theirs>] extends [never]
  ? Pick<Ours, Comparable<Ours, Theirs>> extends Pick<Theirs, Comparable<Ours, Theirs>>
    ? true
    : { hasAnotherShape: Misshapen<Ours, Theirs> }
  : { isNotInElectron: Exclude<keyof Ours, keyof Theirs> };

// A class's prototype is the whole of Electron's object, of which the stand-in is a part; events are Node's own on both sides.
type Comparable<Ours, Theirs> = Exclude<keyof Ours & keyof Theirs, "prototype" | keyof EventEmitter>;

type Misshapen<Ours, Theirs> = {
  [Member in Comparable<Ours, Theirs>]: Ours[Member] extends Theirs[Member] ? never : Member;
}[Comparable<Ours, Theirs>];

/**
 * Gives a part of one of Electron's objects as the whole. Safe because what it lacks is undefined at run time: a program that asks
 * for it fails at once and loudly, and the stand-in has to grow.
 */
export function asWhole<Theirs>(ours: Partial<Theirs>): Theirs {
  return ours as Theirs;
}

/** The same for an object of a class of ours, which `Faithful` compares. */
export function objectAsWhole<Theirs>(ours: { [Member in keyof Theirs]?: unknown }): Theirs {
  return ours as Theirs;
}
