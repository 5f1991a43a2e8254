import type { EditInfo } from "@muster/shared/contracts/edit-info.ts";
import { terminalLine } from "@muster/shared/unsafe-characters.ts";
import { MusterError } from "./errors.ts";
import { toNullableInstant } from "./instant.ts";

/** Columns of a row that members edit. Only their edits write them, so that a version stays the same while reports arrive. */
export type EditColumns = {
  edit_version: number;
  edited_at: number | null;
  /** Name of who made this version. */
  edited_by: string | null;
};

export const UNEDITED: EditColumns = { edit_version: 1, edited_at: null, edited_by: null };

/** The columns after an edit. */
export function nextEdit(before: EditColumns, by: { name: string }, at: number): EditColumns {
  return { edit_version: before.edit_version + 1, edited_at: at, edited_by: by.name };
}

export function toEditInfo({ edit_version, edited_at, edited_by }: EditColumns): EditInfo {
  return {
    version: edit_version,
    updatedAt: toNullableInstant(edited_at),
    updatedBy: edited_by === null ? null : terminalLine(edited_by),
  };
}

/** Throws `precondition-failed` when what is changed has another version by now. Null stands for any version. */
export function assertVersion(expected: number | null, { version, updatedAt, updatedBy }: EditInfo): void {
  if (expected === null || expected === version) return;
  throw new MusterError(
    "precondition-failed",
    "Somebody else changed this in the meantime. Load it again and repeat your change.",
    { current: { version, updatedAt, updatedBy } },
  );
}
