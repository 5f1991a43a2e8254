/**
 * The same keys with other words: a key that is missing or too many does not compile. Languages with a plural form "many"
 * name it, and every counted text then needs it as well.
 */
export type Translation<Source, Extra extends string = never> = {
  readonly [Key in keyof Source]: Source[Key] extends string ? string : Translation<Source[Key], Extra>;
} & {
  readonly [Key in keyof Source as Key extends `${infer Base}_other` ? `${Base}_${Extra}` : never]: string;
};
