import "virtual:design-tokens.css";
import "@fontsource-variable/space-grotesk/wght.css";
import "../ui/base.css";
import "../ui/field.css";
import { Component, type ComponentType, type ReactNode } from "react";
import { createRoot } from "react-dom/client";
import type { WindowName, WindowState } from "../../ipc-contract.ts";
import { createTranslations, type TrayTranslations } from "../../model/translations.ts";
import { ask } from "./bridge.ts";
import { WindowStateContext } from "./window-state.ts";
import { TranslationsContext } from "./use-translations.ts";
import classes from "./frame.module.css";

type Shown = { state: WindowState; translations: TrayTranslations };

/** Renders a window when its state and texts are loaded, and again whenever the state changes. */
export function startWindow(name: WindowName, Content: ComponentType): void {
  const element = document.getElementById("root");
  if (!element) throw new Error("The page has no element with the id root.");
  const root = createRoot(element);
  let translations: TrayTranslations | null = null;
  let newest: WindowState | null = null;

  function draw({ state, translations: ready }: Shown): void {
    document.documentElement.lang = state.language;
    document.title = ready.t("windows.documentTitle", { window: ready.t(`windows.title.${name}`) });
    root.render(
      <TranslationsContext value={ready}>
        <ErrorBoundary fallback={<ErrorText text={ready.t("windows.frame.broken")} />}>
          <WindowStateContext value={state}>
            <Content />
          </WindowStateContext>
        </ErrorBoundary>
      </TranslationsContext>,
    );
  }

  async function show(state: WindowState): Promise<void> {
    const isOtherLanguage =
      newest === null || newest.language !== state.language || newest.locale !== state.locale;
    newest = state;
    if (translations === null || isOtherLanguage)
      translations = await createTranslations(state.language, state.locale);
    // If a newer state arrived meanwhile, that one is shown instead.
    if (newest === state) draw({ state, translations });
  }

  const fail = () => root.render(<ErrorText />);
  window.muster.on("state-changed", (state) => void show(state).catch(fail));
  ask("read-state")
    .then((state) => (newest === null ? show(state) : undefined))
    .catch(fail);
}

/** Shown when a window cannot be rendered; in English when its texts could not be loaded. */
function ErrorText({ text }: { text?: string }) {
  return (
    <p className={classes.broken} role="alert">
      {text ?? "This window has stopped working. Close it and open it again."}
    </p>
  );
}

type Props = { fallback: ReactNode; children: ReactNode };

/** Shows `fallback` when rendering fails. React supports this in classes only. */
export class ErrorBoundary extends Component<Props, { isBroken: boolean }> {
  override state = { isBroken: false };

  static getDerivedStateFromError(): { isBroken: boolean } {
    return { isBroken: true };
  }

  override render(): ReactNode {
    return this.state.isBroken ? this.props.fallback : this.props.children;
  }
}
