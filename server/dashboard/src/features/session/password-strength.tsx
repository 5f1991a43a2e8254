import {
  MIN_PASSWORD_LENGTH,
  type PasswordProblem,
  passwordProblem,
} from "@muster/shared/password/password-rules.ts";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "../../i18n/translations.tsx";
import classes from "./password-strength.module.css";

type PasswordStrengthProps = { password: string; personalWords: readonly string[] };

/** Shows below the field of a new password whether the server accepts it and how strong it is. */
export function PasswordStrength({ password, personalWords }: PasswordStrengthProps) {
  const { t } = useTranslations();
  const isEmpty = password === "";
  const common = useQuery({
    queryKey: ["common-passwords"],
    // Loaded when a user begins to type: no other page needs it.
    queryFn: async () => (await import("@muster/shared/password/common-passwords.ts")).COMMON_PASSWORD_STEMS,
    staleTime: Number.POSITIVE_INFINITY,
    enabled: !isEmpty,
  });
  if (isEmpty || common.data === undefined) return null;
  const strength = passwordStrength(password, personalWords, common.data);
  const text =
    strength.word === "too-short"
      ? t("session.setup.strength.short", { count: MIN_PASSWORD_LENGTH - password.length })
      : t(`session.setup.strength.${strength.word}`);
  return (
    <div className={classes.strength} role="status" aria-label={t("session.setup.strength.label")}>
      <span className={classes.bars} data-level={strength.level} aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      <span>{text}</span>
    </div>
  );
}

type Strength = { level: 0; word: PasswordProblem } | { level: 1 | 2 | 3; word: "fair" | "good" | "strong" };

/** Level 0 with the reason when the server rejects the password; otherwise its length, less what repeats or runs on ("aaaa", "1234"). */
export function passwordStrength(
  password: string,
  personalWords: readonly string[],
  commonStems: ReadonlySet<string>,
): Strength {
  const problem = passwordProblem(password, personalWords, commonStems);
  if (problem !== null) return { level: 0, word: problem };
  const length = usefulLength(password.toLowerCase());
  if (length >= 20) return { level: 3, word: "strong" };
  if (length >= 13) return { level: 2, word: "good" };
  return { level: 1, word: "fair" };
}

function usefulLength(password: string): number {
  const codes = [...password].map((letter) => letter.codePointAt(0) ?? 0);
  const runsOn = codes.filter((code, index) => {
    const step = code - (codes[index - 1] ?? Number.NaN);
    return Math.abs(step) <= 1;
  });
  const distinct = new Set(codes).size;
  return Math.min(codes.length - runsOn.length, distinct * 2);
}
