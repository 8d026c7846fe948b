/** Style of the tenant's own pages: calm, system font, light and dark. */
export const PAGE_STYLE = `
:root{color-scheme:light dark;--bg:#f3f5f8;--card:#fff;--text:#17202c;--muted:#5a6675;--line:#d5dbe3;
--field:#fff;--accent:#2b59c3;--accent-hover:#234aa5;--on-accent:#fff;--danger:#a4262c;--danger-bg:#fdf1f1}
@media (prefers-color-scheme:dark){:root{--bg:#11161d;--card:#1a212b;--text:#e8edf4;--muted:#9aa7b7;
--line:#313c4a;--field:#131920;--accent:#83aaff;--accent-hover:#9dbcff;--on-accent:#0c1730;
--danger:#ffa8a8;--danger-bg:#391f24}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:24px 16px;background:var(--bg);
color:var(--text);font:15px/1.5 system-ui,sans-serif}
main{width:100%;max-width:400px}
.card{background:var(--card);border:1px solid var(--line);border-radius:14px;padding:32px;
box-shadow:0 1px 2px rgb(0 0 0/.05),0 12px 32px rgb(0 0 0/.06)}
.mark{width:40px;height:40px;border-radius:10px;background:var(--accent);color:var(--on-accent);
display:grid;place-items:center;margin-bottom:20px}
.mark.bad{background:var(--danger-bg);color:var(--danger)}
h1{font-size:22px;line-height:1.25;margin:0 0 4px;letter-spacing:-.01em}
p{margin:0;color:var(--muted);overflow-wrap:anywhere}
form{margin-top:24px;display:grid;gap:16px}
label{display:grid;gap:6px;font-weight:550;font-size:14px}
input{font:inherit;font-weight:400;color:inherit;background:var(--field);border:1px solid var(--line);border-radius:8px;
padding:10px 12px;width:100%}
input:focus-visible,button:focus-visible,a:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
input[aria-invalid=true]{border-color:var(--danger)}
button{font:inherit;font-weight:600;color:var(--on-accent);background:var(--accent);border:0;
border-radius:8px;padding:11px 16px;cursor:pointer;margin-top:4px}
button:hover{background:var(--accent-hover)}
button.quiet{color:var(--text);background:none;border:1px solid var(--line);margin-top:-6px}
button.quiet:hover{background:var(--bg)}
code{font:600 14px/1.5 ui-monospace,monospace;color:var(--text)}
.failure{margin-top:20px;padding:10px 12px;border-radius:8px;background:var(--danger-bg);
color:var(--danger);font-size:14px}
footer{margin-top:16px;text-align:center;font-size:13px;color:var(--muted)}
dl{display:grid;grid-template-columns:auto 1fr;gap:4px 16px;margin:24px 0 0;padding-top:16px;
border-top:1px solid var(--line);font-size:13px}
dt{color:var(--muted)}dd{margin:0;font-family:ui-monospace,monospace;overflow-wrap:anywhere}
`;
