import { createHash } from "node:crypto";
import { chooseLanguage, type Language } from "@muster/shared/i18n/languages.ts";
import { escapeHtml } from "../mail/mail-text.ts";

const STYLE = `:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:34rem;margin:3rem auto;padding:0 1rem}
h1{font-size:1.25rem}button{font:inherit;padding:.6rem 1.2rem;cursor:pointer}.alarm{border-inline-start:4px solid #d97706;padding-inline-start:1rem;overflow-wrap:anywhere}`;
const STYLE_HASH = createHash("sha256").update(STYLE).digest("base64");

/** The form posts to this server only. With `no-referrer`, browsers would send `Origin: null` with the form. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  "content-type": "text/html; charset=utf-8",
  "content-security-policy": `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
  "x-content-type-options": "nosniff",
  "cache-control": "no-store",
  "referrer-policy": "same-origin",
  "x-robots-tag": "noindex",
};

/** A page behind a link of a mail, without a script. `body` is HTML. */
export function smallPage(title: string, body: string, language: Language): string {
  return [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8">`,
    `<meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(title)} · Muster</title>`,
    `<style>${STYLE}</style></head><body><main><h1>${escapeHtml(title)}</h1>`,
    body,
    "</main></body></html>",
  ].join("\n");
}

/** The first of the languages that a browser sends, most wanted first, which Muster has. */
export function languageOf(acceptLanguage: string | undefined): Language {
  return chooseLanguage((acceptLanguage ?? "").split(",").map((part) => part.split(";")[0]?.trim() ?? ""));
}
