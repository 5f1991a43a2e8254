import { isLanguage } from "@muster/shared/i18n/languages.ts";
import { textsAsMarkdown } from "./texts-as-markdown.ts";

const wanted = process.argv.slice(2);
const languages = wanted.filter(isLanguage).filter((language) => language !== "en");
const unknown = wanted.filter((argument) => !isLanguage(argument));

if (unknown.length > 0) {
  console.error(`Unknown languages: ${unknown.join(", ")}. Usage: npm run -s texts -- [fr] [es] [ru] [de]`);
  process.exitCode = 2;
} else process.stdout.write(await textsAsMarkdown(languages));
