import { useCallback, useEffect, useState } from "react";

/** Something that is read from the main process. A failed refresh keeps what was read before. */
export type Reading<Value> = {
  value: Value | null;
  status: "loading" | "ready" | "failed";
  read: () => void;
};

type Told<Value> = { question: string; value: Value | null; hasFailed: boolean };

/** Reads at once and whenever `version` changes; an answer that a newer question has overtaken is dropped. */
export function useReading<Value>(
  fetch: () => Promise<Value>,
  version: string | number | null,
): Reading<Value> {
  const [tries, setTries] = useState(0);
  const [told, setTold] = useState<Told<Value>>({ question: "", value: null, hasFailed: false });
  const question = `${version}/${tries}`;

  useEffect(() => {
    let isNewest = true;
    fetch().then(
      (value) => isNewest && setTold({ question, value, hasFailed: false }),
      () => isNewest && setTold(({ value }) => ({ question, value, hasFailed: true })),
    );
    return () => {
      isNewest = false;
    };
  }, [fetch, question]);

  const read = useCallback(() => setTries((before) => before + 1), []);
  const isAnswered = told.question === question;
  const status = isAnswered && told.hasFailed ? "failed" : told.value === null ? "loading" : "ready";
  return { value: told.value, status, read };
}
