import { useWords } from "../../i18n/words.tsx";
import { passwordStrength } from "./password-measure.ts";
import classes from "./password-strength.module.css";

/** Shows how strong a password is as bars and a word. Advice, not a rule. */
export function PasswordStrength({ password }: { password: string }) {
  const { t } = useWords();
  if (password === "") return null;
  const strength = passwordStrength(password);
  const words =
    strength.level === 0
      ? t("session.setup.strength.short", { count: strength.missing })
      : t(`session.setup.strength.${strength.word}`);
  return (
    <div className={classes.strength} role="status" aria-label={t("session.setup.strength.label")}>
      <span className={classes.bars} data-level={strength.level} aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      <span>{words}</span>
    </div>
  );
}
