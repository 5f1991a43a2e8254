import { createContext, useContext } from "react";
import type { TrayWords } from "../../model/words.ts";

export const WordsContext = createContext<TrayWords | null>(null);

/** Texts by their keys, and numbers and times as the person's region writes them. */
export function useWords(): TrayWords {
  const words = useContext(WordsContext);
  if (!words) throw new Error("useWords is only for components of a started window");
  return words;
}
