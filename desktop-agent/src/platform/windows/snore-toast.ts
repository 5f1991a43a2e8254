import { isObject, textField } from "../json-fields.ts";
import type { Notifier } from "../show-by-notifier.ts";
import { POWERSHELL_ID } from "./run-powershell.ts";

/**
 * SnoreToast through node-notifier, under the id of PowerShell.
 * @param program the full path of SnoreToast
 */
export function createSnoreToast(program: string): Notifier {
  return {
    by: "toast",
    load: async () => {
      const { default: WindowsToaster } = await import("node-notifier/notifiers/toaster.js");
      return new WindowsToaster({ customPath: program, withFallback: false });
    },
    // An empty text would leave its option without a value.
    options: ({ title, text, buttons }, id) => ({
      title: title || "Muster",
      message: text || " ",
      appID: POWERSHELL_ID,
      id,
      ...(buttons.length > 0 ? { actions: [...buttons] } : {}),
    }),
    withdrawal: (id) => ({ close: id, appID: POWERSHELL_ID }),
    // Its exit code is read as unsigned by Node, so node-notifier reports a failure as a success without an action.
    readEnd(_error, details, { buttons }) {
      const action = isObject(details) ? textField(details, "action") : undefined;
      if (!isObject(details) || action === undefined) return "failed";
      if (action === "timedout") return "lost";
      const index = buttons.indexOf(textField(details, "button") ?? "");
      return action === "buttonClicked" && index >= 0 ? index : "closed";
    },
  };
}
