import type {
  BaseWindow,
  Dialog,
  MessageBoxOptions,
  MessageBoxReturnValue,
  OpenDialogOptions,
  OpenDialogReturnValue,
  SaveDialogOptions,
  SaveDialogReturnValue,
} from "electron";
import type { DialogChoice, DialogRequest } from "../app-protocol.ts";
import { ask, record } from "./test-host.ts";

const blank: DialogRequest = { type: "message", title: "", message: "", buttons: [], defaultPath: null };

function choose(request: Partial<DialogRequest>): Promise<DialogChoice> {
  const dialog = { ...blank, ...request };
  record({ kind: "dialog", type: dialog.type, message: dialog.message });
  return ask("choose", dialog);
}

// Electron accepts an optional parent window as the first argument.
function optionsOf<Options>(first: BaseWindow | Options, second: Options | undefined): Options {
  return second ?? (first as Options);
}

async function showSaveDialog(
  first: BaseWindow | SaveDialogOptions,
  second?: SaveDialogOptions,
): Promise<SaveDialogReturnValue> {
  const { title = "", defaultPath = null } = optionsOf(first, second);
  const choice = await choose({ type: "save", title, defaultPath });
  return "path" in choice ? { canceled: false, filePath: choice.path } : { canceled: true, filePath: "" };
}

async function showOpenDialog(
  first: BaseWindow | OpenDialogOptions,
  second?: OpenDialogOptions,
): Promise<OpenDialogReturnValue> {
  const { title = "", defaultPath = null } = optionsOf(first, second);
  const choice = await choose({ type: "open", title, defaultPath });
  return "path" in choice ? { canceled: false, filePaths: [choice.path] } : { canceled: true, filePaths: [] };
}

async function showMessageBox(
  first: BaseWindow | MessageBoxOptions,
  second?: MessageBoxOptions,
): Promise<MessageBoxReturnValue> {
  const { title = "", message, detail = "", buttons = [], cancelId = 0 } = optionsOf(first, second);
  const choice = await choose({ type: "message", title, message: `${message}\n${detail}`.trim(), buttons });
  return { response: "button" in choice ? choice.button : cancelId, checkboxChecked: false };
}

export const dialog = {
  showSaveDialog,
  showOpenDialog,
  showMessageBox,
  showErrorBox: (title: string, content: string) =>
    record({ kind: "dialog", type: "error", message: `${title}: ${content}` }),
} satisfies Partial<Dialog>;
