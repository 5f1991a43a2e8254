import "virtual:design-tokens.css";
import "@fontsource-variable/space-grotesk/wght.css";
import "../ui/base.css";
import "../ui/field.css";
import { Component, type ComponentType, type ReactNode } from "react";
import { createRoot } from "react-dom/client";
import type { WindowName, WindowState } from "../../ipc-contract.ts";
import { createWords, type TrayWords } from "../../model/words.ts";
import { ask } from "./bridge.ts";
import { WindowStateContext } from "./window-state.ts";
import { WordsContext } from "./words.ts";
import classes from "./frame.module.css";

type Shown = { state: WindowState; words: TrayWords };

/** Draws a window once its state and texts are there, and again whenever the state changed. */
export function startWindow(name: WindowName, Content: ComponentType): void {
  const element = document.getElementById("root");
  if (!element) throw new Error("the page has no element with the id root");
  const root = createRoot(element);
  let words: TrayWords | null = null;
  let newest: WindowState | null = null;

  function draw({ state, words: ready }: Shown): void {
    document.documentElement.lang = state.language;
    document.title = ready.t("windows.documentTitle", { window: ready.t(`windows.title.${name}`) });
    root.render(
      <WordsContext value={ready}>
        <ErrorBoundary fallback={<BrokenState text={ready.t("windows.frame.broken")} />}>
          <WindowStateContext value={state}>
            <Content />
          </WindowStateContext>
        </ErrorBoundary>
      </WordsContext>,
    );
  }

  async function show(state: WindowState): Promise<void> {
    const isOtherLanguage =
      newest === null || newest.language !== state.language || newest.locale !== state.locale;
    newest = state;
    if (words === null || isOtherLanguage) words = await createWords(state.language, state.locale);
    // Texts of a language that was chosen meanwhile are on their way.
    if (newest === state) draw({ state, words });
  }

  const fail = () => root.render(<BrokenState />);
  window.muster.on("state-changed", (state) => void show(state).catch(fail));
  ask("read-state")
    .then((state) => (newest === null ? show(state) : undefined))
    .catch(fail);
}

/** What is left to say when a window cannot be drawn; in English where not even its texts could be read. */
function BrokenState({ text }: { text?: string }) {
  return (
    <p className={classes.broken} role="alert">
      {text ?? "This window has stopped working. Close it and open it again."}
    </p>
  );
}

type Props = { fallback: ReactNode; children: ReactNode };

/** Keeps a broken part from leaving an empty window. React offers this to classes only. */
export class ErrorBoundary extends Component<Props, { isBroken: boolean }> {
  override state = { isBroken: false };

  static getDerivedStateFromError(): { isBroken: boolean } {
    return { isBroken: true };
  }

  override render(): ReactNode {
    return this.state.isBroken ? this.props.fallback : this.props.children;
  }
}
