/** The banner's own colours, light and dark; amber is for acting, as everywhere. */
export const STYLE = `
:host { all: initial; }
.bar {
  position: fixed; z-index: 2147483647; inset-block-end: 12px; inset-inline: 0;
  margin-inline: auto; width: fit-content; max-width: calc(100vw - 24px);
  box-sizing: border-box; display: flex; align-items: center; gap: 4px 16px;
  padding: 6px 6px 6px 14px; border: 1px solid #c98500; border-radius: 10px;
  background: #ffb52b; color: #201500; box-shadow: 0 4px 16px rgb(0 0 0 / .28);
  font: 400 13px/20px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
  font-variant-numeric: tabular-nums;
}
.bar.late { border-color: #7c1508; background: #a8200d; color: #fff; }
.bar.ended { border-color: #8a8f98; background: #eceef1; color: #16181c; padding-inline-end: 14px; }
.bar.ended.alarming { border-color: #7c1508; background: #a8200d; color: #fff; }
[hidden] { display: none !important; }
.announced { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.lines { flex: 0 1 auto; min-width: 0; }
.who, .second { display: flex; gap: 6px; min-width: 0; white-space: nowrap; }
.ended .who { flex-wrap: wrap; white-space: normal; }
.ended .tools { display: none; }
.second { font-size: 12px; line-height: 16px; }
.name { font-weight: 650; }
bdi { min-width: 0; max-width: 320px; overflow: hidden; text-overflow: ellipsis; unicode-bidi: isolate; }
.agent, .organization { max-width: 160px; }
.part { display: flex; gap: 6px; min-width: 0; }
.part:has(bdi:empty) { display: none; }
.part + .part::before { content: "·"; }
.tools { flex: none; display: flex; align-items: center; gap: 4px; }
.left { flex: none; margin-inline-end: 4px; font-weight: 600; }
button {
  flex: none; min-height: 28px; padding: 2px 10px; border: 1px solid transparent; border-radius: 7px;
  background: transparent; color: inherit; font: inherit; font-weight: 600; cursor: pointer;
}
button:hover { background: rgb(0 0 0 / .1); }
button:focus-visible { outline: 2px solid currentColor; outline-offset: 1px; }
.end, .end:hover { background: #201500; color: #fff; }
.late .end, .late .end:hover { background: #fff; color: #7c1508; }
.toggle { width: 28px; padding: 0; }
.toggle::before {
  content: ""; display: block; width: 7px; height: 7px; margin: -4px auto 0; transform: rotate(45deg);
  border: solid currentColor; border-width: 0 2px 2px 0;
}
.folded .toggle::before { margin-top: 4px; transform: rotate(-135deg); }
@media (max-width: 620px) {
  .bar:not(.folded) { flex-wrap: wrap; width: auto; margin-inline: 12px; padding-inline-start: 12px; }
  .bar:not(.folded) > .lines, .bar:not(.folded) > .tools { flex: 1 0 100%; width: 100%; }
  .bar:not(.folded) > .lines { padding-inline-end: 6px; box-sizing: border-box; }
  .bar:not(.folded) .left { margin-inline-end: auto; }
}
@media (max-width: 380px) { .bar:not(.folded) .more, .folded:not(.ended) .label { display: none; } }
@media print { .bar { display: none; } }
@media (forced-colors: active) {
  .bar, button { border-color: currentColor; }
  .late .left { text-decoration: underline; }
  .bar .end, .bar .end:hover { background: ButtonText; color: ButtonFace; forced-color-adjust: none; }
}
`;
