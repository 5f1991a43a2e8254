import { useEffect, useState } from "react";
import { useSession } from "../../features/session/session-context.tsx";
import { drafts } from "./drafts.ts";
import { draftAs, isSame } from "./merge-edits.ts";

export type DraftOptions<Values> = {
  /** What is edited, such as `device:ID:notes`; null for a form without a draft. */
  object: string | null;
  /** What the form holds when nothing was entered. */
  initialValues: Values;
  /** Fields that are never stored, such as passwords. */
  secrets?: readonly (keyof Values)[];
};

/** Removes the draft of an object whose form is not open any more. */
export function useForgetDraft(): (object: string | null) => void {
  const keyOf = useKeyOf();
  return (object) => {
    if (object !== null) drafts.remove(keyOf(object));
  };
}

function useKeyOf(): (object: string) => string {
  const { user, organization } = useSession();
  return (object) => `${user.id}:${organization.id}:${object}`;
}

/** The draft of a form, by user and organization: it survives leaving the page, a reload and a sign-in. */
export function useDraft<Values extends Record<string, unknown>>(options: DraftOptions<Values>) {
  const { object, initialValues, secrets = [] } = options;
  const keyOf = useKeyOf();
  const key = object === null ? null : keyOf(object);
  const [start] = useState(() => readDraft(key, initialValues));
  const [isRestored, setRestored] = useState(start.isRestored);
  const [isUnkept, setUnkept] = useState(false);
  useUnloadWarning(isUnkept);

  function withoutSecrets(values: Values): Values {
    const kept = { ...values };
    for (const name of secrets) kept[name] = initialValues[name];
    return kept;
  }

  function discard(): void {
    if (key !== null) drafts.remove(key);
    setRestored(false);
    setUnkept(false);
  }

  return {
    start,
    isRestored,
    /** Stores what differs from `base`. */
    keep(values: Values, base: Values): void {
      if (key === null) return;
      const kept = withoutSecrets(values);
      if (isSame(kept, base)) discard();
      else setUnkept(!drafts.write(key, { base, values: kept }));
    },
    discard,
  };
}

function readDraft<Values extends object>(key: string | null, initialValues: Values) {
  const stored = key === null ? null : drafts.read(key);
  const base = stored && draftAs(stored.base, initialValues);
  const values = stored && draftAs(stored.values, initialValues);
  return base && values
    ? { base, values, isRestored: true }
    : { base: initialValues, values: initialValues, isRestored: false };
}

/** Where the browser does not keep a draft, it asks before the page is left. */
function useUnloadWarning(isNeeded: boolean): void {
  useEffect(() => {
    if (!isNeeded) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    globalThis.addEventListener("beforeunload", warn);
    return () => globalThis.removeEventListener("beforeunload", warn);
  }, [isNeeded]);
}
