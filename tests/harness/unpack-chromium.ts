// Unpacks the packaged Chromium, its libraries and fonts into the folder named by TMPDIR, which is where the package
// always unpacks to: hence a process of its own.
import { createRequire } from "node:module";
import path from "node:path";
import { inflate } from "@sparticuz/chromium";

const entry = createRequire(import.meta.url).resolve("@sparticuz/chromium");
const archives = ["chromium.br", "fonts.tar.br", "swiftshader.tar.br", "al2023.tar.br"];
await Promise.all(archives.map((name) => inflate(path.join(path.dirname(entry), "..", "bin", name))));
