// The page's policy forbids eval, and zod would try it, which browsers report. Set by zod's own global, because importing zod
// here would load it with every page, and before the first schema is loaded.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
