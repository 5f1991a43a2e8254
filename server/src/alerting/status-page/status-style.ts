/** The colours of the dashboard, in light and dark. */
export const STATUS_STYLE = `
:root{color-scheme:light dark;--ground:#f7f9fc;--surface:#fff;--line:#d8dfe9;--text:#152033;--muted:#52607a;--ok:#15803d;--warn:#a16207;--bad:#be123c;--rest:#64748b;--accent:#0b72c4}
@media (prefers-color-scheme:dark){:root{--ground:#0d1628;--surface:#14203a;--line:#26344f;--text:#e8eef9;--muted:#a3b1c9;--ok:#22c55e;--warn:#facc15;--bad:#f43f5e;--rest:#9ca3af;--accent:#46b8ff}}
body{margin:0;background:var(--ground);color:var(--text);font:16px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
main{max-width:48rem;margin:0 auto;padding:2rem 1rem 3rem}
h1{font-size:1.75rem;margin:0 0 .5rem}h2{font-size:1.125rem;margin:2rem 0 .75rem}h3{font-size:1rem;margin:0}
p{margin:.25rem 0}.intro,.text{white-space:pre-line}
.summary{margin:1rem 0 0;padding:.75rem 1rem;border:1px solid var(--line);border-inline-start:6px solid currentColor;border-radius:8px;background:var(--surface);font-weight:600}
ul,ol{list-style:none;margin:0;padding:0}
.components>li,.maintenance>li,article{padding:1rem;margin-bottom:.75rem;border:1px solid var(--line);border-radius:8px;background:var(--surface)}
.line{display:flex;flex-wrap:wrap;justify-content:space-between;gap:.25rem 1rem;margin:0 0 .5rem;font-weight:600}
.state{font-weight:600}
.operational{color:var(--ok)}.degraded,.partial-outage{color:var(--warn)}.outage{color:var(--bad)}.maintenance.state,.summary.maintenance,.no-data{color:var(--rest)}
.shape{width:.75em;height:.75em;fill:currentColor}.days{display:block;width:100%;height:24px}.good{fill:var(--ok)}.fair{fill:var(--warn)}.bad{fill:var(--bad)}.none{fill:var(--line)}
.range{display:flex;justify-content:space-between;gap:1rem;color:var(--muted);font-size:.8125rem}
article li{margin-top:.75rem;padding-top:.75rem;border-top:1px solid var(--line)}.when{color:var(--muted);font-size:.875rem}
footer{margin-top:2rem;color:var(--muted);font-size:.875rem}a{color:var(--accent)}
@media (forced-colors:active){svg{forced-color-adjust:none}}
`;
