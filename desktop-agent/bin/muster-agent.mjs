#!/usr/bin/env node
import { runMain } from "../../build/launch/run-main.mjs";

await runMain(new URL("../src/headless/main.ts", import.meta.url));
