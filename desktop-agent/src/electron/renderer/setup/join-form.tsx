import { type FormEvent, useState } from "react";
import type { SetupOutcome, SetupStep } from "../../ipc-contract.ts";
import { ask } from "../frame/bridge.ts";
import type { Notice } from "../frame/use-request.ts";
import { useTranslations } from "../frame/use-translations.ts";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { ErrorDetails } from "../ui/error-details.tsx";
import { NoticeLine } from "../ui/notice-line.tsx";
import { StateShape } from "../ui/state-shape.tsx";
import { JoinFields } from "./join-fields.tsx";
import { EMPTY_ENTRY, entryProblems, FIELDS, formOf, type SetupEntry } from "./setup-entry.ts";
import classes from "./join-form.module.css";

type Enrolled = Extract<SetupOutcome, { kind: "enrolled" }>;

/** Address and token, which are tested step by step and then saved. */
export function JoinForm({ joined }: { joined: (outcome: Enrolled) => void }) {
  const { t } = useTranslations();
  const [entry, setEntry] = useState(EMPTY_ENTRY);
  const [problems, setProblems] = useState<ReturnType<typeof entryProblems>>({});
  const [steps, setSteps] = useState<SetupStep[] | null>(null);
  const [busy, setBusy] = useState<"test" | "save" | null>(null);
  const [notice, setNotice] = useState<Notice | null>(null);

  function change(changes: Partial<SetupEntry>): void {
    setEntry({ ...entry, ...changes });
    setSteps(null);
    setProblems({});
  }

  function run(what: "test" | "save", form: HTMLFormElement | null): void {
    if (busy) return;
    const found = entryProblems(entry);
    setProblems(found);
    const first = FIELDS.find((field) => found[field]);
    if (first) return form?.querySelector<HTMLElement>(`[name="${first}"]`)?.focus();
    setBusy(what);
    setNotice(null);
    (what === "test" ? test() : save())
      .catch(() => setNotice({ kind: "refused", text: t("windows.refused.failed") }))
      .finally(() => setBusy(null));
  }

  async function test(): Promise<void> {
    setSteps(await ask("test-setup", formOf(entry)));
  }

  async function save(): Promise<void> {
    const outcome = await ask("enrol", formOf(entry));
    if (outcome.kind === "enrolled") return joined(outcome);
    setSteps(outcome.steps);
  }

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    run("save", event.currentTarget);
  }

  return (
    <Card title={t("windows.setup.join")}>
      <form className={classes.form} onSubmit={submit} noValidate>
        <p className={classes.intro}>{t("windows.setup.intro")}</p>
        <JoinFields entry={entry} problems={problems} onChange={change} />
        <div className={classes.buttons}>
          <Button aria-disabled={busy !== null} onClick={(event) => run("test", event.currentTarget.form)}>
            {t(`windows.setup.${busy === "test" ? "testing" : "test"}`)}
          </Button>
          <Button type="submit" look="main" aria-disabled={busy !== null}>
            {t(`windows.setup.${busy === "save" ? "saving" : "save"}`)}
          </Button>
        </div>
        <div role="status" className={classes.status}>
          {steps && <StepList steps={steps} />}
        </div>
        <NoticeLine notice={notice} />
      </form>
    </Card>
  );
}

const SIGN_PX = 16;
const SIGNS = { ok: "ok", failed: "critical", skipped: "unknown" } as const;

/** Each step of a test with its result, and what to do when it failed. */
function StepList({ steps }: { steps: readonly SetupStep[] }) {
  const { t } = useTranslations();
  const isGood = steps.every(({ result }) => result !== "failed");
  return (
    <div className={classes.result}>
      <h3>{t("windows.setup.steps")}</h3>
      <ol className={classes.steps}>
        {steps.map(({ step, result, problem }) => (
          <li key={step} data-result={result}>
            <StateShape
              state={SIGNS[result]}
              value={null}
              label={t(`windows.setup.result.${result}`)}
              sizePx={SIGN_PX}
            />
            <div>
              <p className={classes.step}>
                {t(`windows.setup.step.${step}`)}
                <span aria-hidden="true">{t(`windows.setup.result.${result}`)}</span>
              </p>
              {problem && <p>{t(`windows.setup.problem.${problem.code}`)}</p>}
              {problem && problem.detail !== "" && (
                <ErrorDetails text={problem.detail} isOpen={problem.code === "other"} />
              )}
            </div>
          </li>
        ))}
      </ol>
      {isGood && <p className={classes.good}>{t("windows.setup.allGood")}</p>}
    </div>
  );
}
