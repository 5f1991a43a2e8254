import type { UseFormReturnType } from "@mantine/form";
import type { RefObject } from "react";
import { useTranslations } from "../../i18n/translations.tsx";
import type { RuleForm } from "./rule-form.ts";
import { problemsOf, type RuleProblem } from "./rule-problems.ts";

/** Checks the form: shows each problem beside its field and moves the focus to the first one. True when there is none. */
export function useProblemCheck(
  form: UseFormReturnType<RuleForm>,
  element: RefObject<HTMLElement | null>,
): () => boolean {
  const { t, formats } = useTranslations();
  const limitText = (path: string, limit: number) =>
    /[a-z]S$/.test(path) ? formats.exactDuration(limit * 1_000) : formats.whole(limit);
  const textOf = (path: string, { kind, limit }: RuleProblem) =>
    t(`alarmRules.problem.${kind}`, { limit: limitText(path, limit) });
  return () => {
    const problems = problemsOf(form.getValues());
    form.setErrors(Object.fromEntries([...problems].map(([path, problem]) => [path, textOf(path, problem)])));
    if (problems.size === 0) return true;
    // After the errors are drawn.
    requestAnimationFrame(() =>
      element.current?.querySelector<HTMLElement>("[aria-invalid='true']")?.focus(),
    );
    return false;
  };
}
