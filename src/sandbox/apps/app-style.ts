/** Style sheet of the target apps and the CRM: small product pages, light and dark. */
export const appStyle = (accent: { light: string; dark: string }): string => `
:root{color-scheme:light dark;--bg:#f6f7f9;--card:#fff;--text:#18202b;--muted:#5b6676;--line:#dfe4ea;
--soft:#eef1f5;--accent:${accent.light};--on-accent:#fff}
@media (prefers-color-scheme:dark){:root{--bg:#10141a;--card:#191f28;--text:#e9edf3;--muted:#9ba6b5;
--line:#2e3744;--soft:#232b36;--accent:${accent.dark};--on-accent:#0d1420}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--text);font:15px/1.55 system-ui,sans-serif}
header{background:var(--card);border-bottom:1px solid var(--line)}
.bar{max-width:880px;margin:0 auto;padding:0 24px;height:68px;display:flex;align-items:center;gap:12px}
.brand{display:flex;align-items:center;gap:10px;font-weight:700;font-size:17px;color:inherit;text-decoration:none}
.brand svg{color:var(--accent)}
.grow{flex:1}
main{max-width:880px;margin:0 auto;padding:32px 24px 64px;display:grid;gap:20px}
h1{font-size:26px;line-height:1.25;margin:0;letter-spacing:-.015em;overflow-wrap:anywhere}
h2{font-size:15px;margin:0 0 12px}
p{margin:0;color:var(--muted);overflow-wrap:anywhere}
.card{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:20px 24px;min-width:0}
.cols{display:grid;grid-template-columns:repeat(auto-fit,minmax(280px,1fr));gap:20px;align-items:start}
dl{margin:0;display:grid;grid-template-columns:auto minmax(0,1fr);gap:6px 20px;align-items:baseline}
dt{color:var(--muted)}
dd{margin:0;overflow-wrap:anywhere;min-width:0;unicode-bidi:isolate}
code,pre,.mono{font:13px/1.5 ui-monospace,monospace}
pre{margin:0;background:var(--soft);border-radius:8px;padding:14px 16px;white-space:pre-wrap;overflow-wrap:anywhere}
.button{display:inline-block;font:inherit;font-weight:600;padding:8px 16px;border-radius:8px;border:1px solid var(--line);
background:var(--card);color:var(--text);text-decoration:none;cursor:pointer}
.button:hover{background:var(--soft)}
.button.primary{background:var(--accent);border-color:var(--accent);color:var(--on-accent)}
.button.primary:hover{filter:brightness(1.07)}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.hero{padding:56px 32px;text-align:center;display:grid;gap:14px;justify-items:center}
.hero p{max-width:52ch}
.hero form{display:grid;gap:14px;justify-items:center;width:min(320px,100%);margin-top:10px}
.hero form .button{width:100%}
.field{display:grid;gap:6px;text-align:left;width:100%;font-weight:550;font-size:14px}
input{font:inherit;font-weight:400;color:inherit;background:var(--bg);border:1px solid var(--line);border-radius:8px;padding:9px 12px;width:100%}
table{border-collapse:collapse;width:100%}
table.even{table-layout:fixed}
table.even th:first-child{width:40%}
table.even th:nth-child(2){width:36%}
th,td{text-align:left;padding:10px 12px;border-bottom:1px solid var(--line);vertical-align:top}
th{font-size:13px;font-weight:600;color:var(--muted)}
tr:last-child td{border-bottom:0}
td{overflow-wrap:anywhere}
td a,dd a{color:var(--accent)}
.num{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.tag{display:inline-block;font-size:12px;font-weight:600;padding:2px 9px;border-radius:99px;background:var(--soft);color:var(--muted)}
.scroll{overflow-x:auto;padding:8px 12px}
[hidden]{display:none!important}
`;
