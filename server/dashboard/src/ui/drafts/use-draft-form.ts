import { useState } from "react";
import { useRequestForm } from "../use-request-form.ts";
import { type DraftOptions, useDraft } from "./use-draft.ts";

type DraftFormOptions<Values, Answer> = DraftOptions<Values> & {
  /** `base` is what the values were made of. */
  send: (values: Values, base: Values) => Promise<Answer>;
  onDone: (answer: Answer, sent: Values) => void;
};

/** As `useRequestForm`, with a draft that stays until the request succeeded or the user discards it. */
export function useDraftForm<Values extends Record<string, unknown>, Answer>(
  options: DraftFormOptions<Values, Answer>,
) {
  const { initialValues, send, onDone } = options;
  const draft = useDraft(options);
  const [base, setBase] = useState(draft.start.base);
  const request = useRequestForm({
    initialValues: draft.start.values,
    onValuesChange: (values) => draft.keep(values, base),
    send: async (values: Values) => ({ sent: values, answer: await send(values, base) }),
    onDone({ sent, answer }) {
      draft.discard();
      onDone(answer, sent);
    },
  });

  /** Goes on from another base, with these values. */
  function rebase(values: Values, nextBase: Values): void {
    setBase(nextBase);
    request.form.setValues(values);
    draft.keep(values, nextBase);
  }

  return {
    ...request,
    base,
    rebase,
    draft: {
      isRestored: draft.isRestored,
      /** Forgets what was entered. */
      discard() {
        rebase(initialValues, initialValues);
        draft.discard();
      },
    },
  };
}
