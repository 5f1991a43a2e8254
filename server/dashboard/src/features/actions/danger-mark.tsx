import type { Impact } from "@muster/shared/actions/define-action.ts";
import { useWords } from "../../i18n/words.tsx";
import type { StateName } from "../../ui/state-icon.tsx";
import { StateWord } from "../../ui/state-word.tsx";

const SHAPE = { none: "ok", moment: "warn", work: "critical" } as const satisfies Record<Impact, StateName>;

/** How much an action disturbs the person at the machine, by shape and word. */
export function DangerMark({ danger }: { danger: Impact }) {
  const { t } = useWords();
  return <StateWord state={SHAPE[danger]}>{t(`actions.danger.${danger}`)}</StateWord>;
}
