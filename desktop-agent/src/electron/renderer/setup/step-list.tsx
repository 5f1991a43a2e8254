import type { SetupStep } from "../../ipc-contract.ts";
import { useWords } from "../frame/words.ts";
import { StateShape } from "../ui/state-shape.tsx";
import classes from "./step-list.module.css";

const SIGN_PX = 16;
const SIGNS = { ok: "ok", failed: "critical", skipped: "unknown" } as const;

/** Each step of a test with its plain result, and what to do where one failed. */
export function StepList({ steps }: { steps: readonly SetupStep[] }) {
  const { t } = useWords();
  const isGood = steps.every(({ result }) => result !== "failed");
  return (
    <div className={classes.result}>
      <h3>{t("windows.setup.steps")}</h3>
      <ol className={classes.steps}>
        {steps.map(({ step, result, problem }) => (
          <li key={step} data-result={result}>
            <StateShape
              state={SIGNS[result]}
              figure={null}
              label={t(`windows.setup.result.${result}`)}
              sizePx={SIGN_PX}
            />
            <div>
              <p className={classes.step}>
                {t(`windows.setup.step.${step}`)}
                <span aria-hidden="true">{t(`windows.setup.result.${result}`)}</span>
              </p>
              {problem && <p>{t(`windows.setup.problem.${problem.code}`)}</p>}
              {problem && problem.detail !== "" && <code dir="auto">{problem.detail}</code>}
            </div>
          </li>
        ))}
      </ol>
      {isGood && <p className={classes.good}>{t("windows.setup.allGood")}</p>}
    </div>
  );
}
