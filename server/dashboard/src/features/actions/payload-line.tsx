import { message } from "@muster/shared/actions/message.ts";
import type { Action } from "@muster/shared/contracts/action.ts";
import { definitionOf, useActionTexts } from "./action-catalog.ts";
import { useResultText } from "./action-details.tsx";
import { fieldsOf } from "./action-field.ts";
import classes from "./action-list.module.css";

/** What an action does, in one line: the text of a message, or the fields that are filled. */
export function PayloadLine({ action }: { action: Pick<Action, "type" | "payload"> }) {
  const textsOf = useActionTexts();
  const textOf = useResultText();
  const { type, payload } = action;
  const parsed = type === "message" ? message.payload.safeParse(payload) : null;
  if (parsed?.success) {
    return (
      <p className={classes.payload}>
        <strong>
          <bdi>{parsed.data.title}</bdi>
        </strong>{" "}
        <bdi>{parsed.data.text}</bdi>
      </p>
    );
  }
  const filled = fieldsOf(definitionOf(type).payload, textsOf(type).payload).flatMap(({ name, label }) => {
    const value = textOf(payload[name]);
    return value === "" ? [] : [`${label}: ${value}`];
  });
  if (filled.length === 0) return null;
  return (
    <p className={classes.payload}>
      <bdi>{filled.join(" · ")}</bdi>
    </p>
  );
}
