import { useEffect, useEffectEvent } from "react";
import { readStored, writeStored } from "./browser-storage.ts";

const STORAGE_KEY = "muster-shortcuts";

/** Whether single keys act. Speech input and slips trigger them, so they can be switched off (WCAG 2.1.4). */
export function areSingleKeysOn(): boolean {
  return readStored(STORAGE_KEY) !== "off";
}

export function setSingleKeys(isOn: boolean): void {
  writeStored(STORAGE_KEY, isOn ? "on" : "off");
}

/** Keys by `KeyboardEvent.key`, in lower case; "ctrl+k" also answers to the command key. */
export type Shortcuts = Readonly<Record<string, (event: KeyboardEvent) => void>>;

/**
 * Answers keys anywhere on the page. Bare keys are left alone while someone types, in an open dialog or menu, and when a
 * control has its own use for them.
 */
export function useShortcuts(shortcuts: Shortcuts, isEnabled = true): void {
  const handle = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.altKey) return;
    const isChord = event.ctrlKey || event.metaKey;
    const name = `${isChord ? "ctrl+" : ""}${event.key.toLowerCase()}`;
    const shortcut = shortcuts[name];
    if (!shortcut || (!isChord && (isBusy(event.target) || !isAllowed(event.key)))) return;
    event.preventDefault();
    shortcut(event);
  });
  useEffect(() => {
    if (!isEnabled) return;
    const listener = (event: KeyboardEvent) => handle(event);
    document.addEventListener("keydown", listener);
    return () => document.removeEventListener("keydown", listener);
  }, [isEnabled]);
}

/** Keys that move through a list are no shortcuts: they stay. */
function isAllowed(key: string): boolean {
  return key.length > 1 || key === " " || areSingleKeysOn();
}

function isBusy(target: EventTarget | null): boolean {
  if (document.querySelector('[role="dialog"], [role="menu"]')) return true;
  return (
    target instanceof HTMLElement &&
    target.closest('input:not([type="checkbox"]), textarea, select, [contenteditable="true"]') !== null
  );
}
