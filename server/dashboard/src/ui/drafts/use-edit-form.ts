import type { EditInfo } from "@muster/shared/contracts/edit-info.ts";
import { useEffect, useEffectEvent, useState } from "react";
import { ApiError } from "../../api/api-error.ts";
import { isSame, mergeEdits } from "./merge-edits.ts";
import { useDraftForm } from "./use-draft-form.ts";

type EditFormOptions<Values extends Record<string, unknown>, Resource extends EditInfo> = {
  object: string;
  /** What is edited, in the newest version that the page knows. */
  resource: Resource;
  valuesOf: (resource: Resource) => Values;
  /** Fields that a draft never stores. */
  secrets?: readonly (keyof Values)[];
  reload: () => Promise<Resource>;
  /** Changes `resource` to have these values. */
  send: (values: Values, resource: Resource) => Promise<Resource>;
  onDone: (saved: Resource) => void;
};

/** The fields that somebody else changed as well, and the two ways out. Nothing is sent until the user took one of them. */
export type EditConflict<Values> = Pick<EditInfo, "updatedAt" | "updatedBy"> & {
  fields: {
    name: keyof Values & string;
    yours: Values[keyof Values & string];
    theirs: Values[keyof Values & string];
  }[];
  takeTheirs: () => void;
  keepMine: () => void;
};

/**
 * A form that edits what has a version. Changes of others to fields that are not touched here are taken over; a field that both changed
 * is a conflict.
 */
export function useEditForm<Values extends Record<string, unknown>, Resource extends EditInfo>(
  options: EditFormOptions<Values, Resource>,
) {
  const { object, resource, valuesOf, secrets = [], reload, send, onDone } = options;
  const [newest, setNewest] = useState(resource);
  const current = newest.version > resource.version ? newest : resource;
  const theirs = valuesOf(current);
  const edit = useDraftForm({
    object,
    initialValues: theirs,
    secrets,
    async send(values, base) {
      try {
        return await send(mergeEdits(base, values, theirs).values, current);
      } catch (error) {
        if (!isOutdated(error)) throw error;
        const fresh = await reload();
        setNewest(fresh);
        const merged = mergeEdits(base, values, valuesOf(fresh));
        if (merged.conflicts.length > 0) throw error;
        return send(merged.values, fresh);
      }
    },
    onDone(saved, sent) {
      setNewest(saved);
      // What was typed while the request was under way stays.
      const kept = mergeEdits(sent, edit.form.getValues(), valuesOf(saved)).values;
      edit.rebase(kept, valuesOf(saved));
      onDone(saved);
    },
  });
  const { form, base, rebase } = edit;
  const yours = form.getValues();
  const { values, conflicts } = mergeEdits(base, yours, theirs);
  const hasConflict = conflicts.length > 0;

  const follow = useEffectEvent(() => {
    if (!hasConflict && !isSame(base, theirs)) rebase(values, theirs);
  });
  useEffect(() => follow());

  function resolve(resolved: Values): void {
    edit.reset();
    rebase(resolved, theirs);
  }
  const conflict: EditConflict<Values> | null = hasConflict
    ? {
        updatedAt: current.updatedAt,
        updatedBy: current.updatedBy,
        fields: conflicts.map((name) => ({ name, yours: yours[name], theirs: theirs[name] })),
        takeTheirs: () => resolve({ ...values, ...pick(theirs, conflicts) }),
        keepMine: () => resolve(values),
      }
    : null;
  const isConflictShown = hasConflict && isOutdated(edit.error);
  return {
    ...edit,
    failure: isConflictShown ? null : edit.failure,
    isChanged: !isSame(yours, theirs),
    conflict,
    submit(event?: React.FormEvent) {
      event?.preventDefault();
      if (!hasConflict) edit.submit();
    },
  };
}

export function isOutdated(error: unknown): boolean {
  return error instanceof ApiError && error.code === "precondition-failed";
}

function pick<Values extends object>(values: Values, names: readonly (keyof Values)[]): Partial<Values> {
  const picked: Partial<Values> = {};
  for (const name of names) picked[name] = values[name];
  return picked;
}
