"""The look of `matrix.html`: one style sheet, for screens from 360 px, dark mode and paper."""

__all__ = ["STYLE"]

STYLE = """
:root{color-scheme:light dark;--paper:#f6f5f2;--card:#fff;--ink:#1c2127;--soft:#5b6570;--line:#dfdcd5;--accent:#1f4e5f;
--bad:#b3261e;--bad-bg:#fbeae8;--open:#8a5a00;--open-bg:#fdf3dc;--acc:#6b3fa0;--acc-bg:#f2ebfa;--said:#8a3d73;--said-bg:#f9eaf4;--part:#0b6570;--part-bg:#e1f2f4;--carve:#5b4fa3;--carve-bg:#ebe9f7;--unrel:#6a6427;
--unrel-bg:#f1efd9;--ok:#1b6e3c;
--ok-bg:#e7f4ec;--calm:#3b5f86;--calm-bg:#e8eff7;--none:#5b6570;--none-bg:#efede8;
--mono:ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono","DejaVu Sans Mono",monospace}
@media (prefers-color-scheme:dark){:root{--paper:#14171a;--card:#1c2024;--ink:#e7e9ea;--soft:#a0a9b1;--line:#31373d;
--accent:#8cc4d6;--bad:#ff8a80;--bad-bg:#3a1f1d;--open:#f0bf5c;--open-bg:#352a12;--acc:#c7a6f2;--acc-bg:#2c2340;
--said:#f0a3d6;--said-bg:#3a1f31;--part:#7fd0da;--part-bg:#123238;--carve:#b4abf0;--carve-bg:#252143;--unrel:#cfc77f;
--unrel-bg:#2e2c17;--ok:#7bd19a;--ok-bg:#17301f;--calm:#9cc1ea;--calm-bg:#1a2a3c;--none:#a0a9b1;--none-bg:#262b30}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-padding-top:1rem}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,
"Noto Sans","Liberation Sans",sans-serif;overflow-wrap:anywhere}
.word{min-width:6.2em}.time{min-width:12.2em}.hash{min-width:8.6em}
main,header>div,footer>div{max-width:68rem;margin:0 auto;padding:0 1.25rem}
header{background:var(--card);border-bottom:1px solid var(--line);border-top:6px solid var(--accent);
padding:1.5rem 0 1rem}
.mark{margin:0;color:var(--soft);font-size:.8rem;letter-spacing:.08em;text-transform:uppercase}
h1{margin:.15rem 0 .5rem;font-size:1.9rem;line-height:1.2;letter-spacing:-.01em}
h2{margin:2.5rem 0 .75rem;font-size:1.3rem;letter-spacing:-.005em}
h3{margin:1.5rem 0 .5rem;font-size:1rem;color:var(--soft);font-weight:600}
a{color:var(--accent)}.cell a{white-space:nowrap}
code,.mono{font-family:var(--mono);font-size:.86em}
.facts{display:flex;flex-wrap:wrap;gap:.35rem 2rem;margin:0;padding:0}
.facts div{min-width:0}.facts dt{display:inline;color:var(--soft)}.facts dt::after{content:" "}
.facts dd{display:inline;margin:0;font-weight:600}
.banner{margin:1rem 0 0;padding:.6rem .9rem;border-radius:.5rem;border-left:5px solid}
.banner strong{letter-spacing:.03em}
nav{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;margin-top:1rem;font-size:.92rem}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(8.2rem,1fr));gap:.6rem;margin:1.5rem 0 0;padding:0;
list-style:none}
.tiles li{background:var(--card);border:1px solid var(--line);border-top:4px solid var(--tone);border-radius:.5rem;
padding:.6rem .8rem}
.tiles b{display:block;font-size:1.7rem;line-height:1.15;color:var(--tone);font-variant-numeric:tabular-nums}
.tiles span{font-size:.88rem;color:var(--soft)}.tiles .zero{opacity:.55}
.legend{display:flex;flex-wrap:wrap;gap:.3rem .5rem;margin:0;padding:0;list-style:none}
.sign{display:inline-block;white-space:nowrap;font-size:.78rem;font-weight:600;line-height:1.35;padding:.1rem .5rem;
border-radius:1rem;color:var(--tone);background:var(--tone-bg)}
.grid{display:grid;grid-template-columns:repeat(auto-fill,minmax(13.5rem,1fr));gap:.6rem}
.cell{background:var(--card);border:1px solid var(--line);border-left:5px solid var(--tone);border-radius:.5rem;
padding:.55rem .7rem .6rem;min-width:0}
.cell header{all:unset;display:flex;justify-content:space-between;align-items:center;gap:.5rem}
.cell h4{margin:0;font-size:1rem}.cell p{margin:.15rem 0 .3rem;font-size:.88rem;line-height:1.35}
.cell small{display:block;color:var(--soft);font-size:.78rem;line-height:1.5}
.cell.no_control,.cell.carved_out{border-style:dashed;border-left-style:solid}
.cell.carved_out{border-left-style:double}.cell.not_relevant{border-style:dotted}
.cell details{margin-top:.25rem;font-size:.78rem;color:var(--soft)}.cell summary{padding:0;border-radius:.2rem}
.cell ul{margin:.2rem 0 0;padding-left:1rem}.natures{margin:.8rem 0 0}
.cell.out_of_scope{border-style:dotted;opacity:.7}
.deviation,.fail,.error{--tone:var(--bad);--tone-bg:var(--bad-bg)}
.not_evaluated{--tone:var(--open);--tone-bg:var(--open-bg)}
.accepted,.accepted_deviation{--tone:var(--acc);--tone-bg:var(--acc-bg)}
.statement_only{--tone:var(--said);--tone-bg:var(--said-bg)}
.no_deviations_partial{--tone:var(--part);--tone-bg:var(--part-bg)}
.pass,.no_deviations{--tone:var(--ok);--tone-bg:var(--ok-bg)}
.no_occurrences,.pending{--tone:var(--calm);--tone-bg:var(--calm-bg)}
.carved_out{--tone:var(--carve);--tone-bg:var(--carve-bg)}
.not_relevant{--tone:var(--unrel);--tone-bg:var(--unrel-bg)}
.not_applicable,.no_control,.no_test,.not_in_force,.out_of_scope{--tone:var(--none);--tone-bg:var(--none-bg)}
.banner{border-color:var(--tone);background:var(--tone-bg)}
table{width:100%;border-collapse:collapse;background:var(--card);border:1px solid var(--line);font-size:.92rem}
th,td{text-align:left;vertical-align:top;padding:.45rem .7rem;border-bottom:1px solid var(--line)}
tr:last-child>td{border-bottom:0}
th{font-size:.78rem;color:var(--soft);font-weight:600;background:var(--none-bg);overflow-wrap:normal}
td.num{font-variant-numeric:tabular-nums;text-align:right}th.num{text-align:right}
td:empty::after{content:"-";color:var(--soft)}
details.control{background:var(--card);border:1px solid var(--line);border-left:5px solid var(--tone);
border-radius:.5rem;margin:.6rem 0}
summary{cursor:pointer;padding:.65rem .9rem;border-radius:.5rem}
summary:hover{background:var(--none-bg)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
summary .sign{margin-right:.35rem}
summary .title{display:block;margin-top:.2rem}
.body{padding:.1rem .9rem .9rem;border-top:1px solid var(--line);scroll-margin-top:5.5rem}
.body h4{margin:1rem 0 .35rem;font-size:.82rem;color:var(--soft);font-weight:600}
.body ul{margin:.2rem 0;padding-left:1.2rem}
.why{margin:.7rem 0 0}
.bar{display:flex;height:.6rem;border-radius:.3rem;overflow:hidden;background:var(--none-bg);gap:2px;
margin:.8rem 0 .3rem}
.bar i{background:var(--tone)}
.bar.days{gap:0;border-radius:0;height:.8rem}
.bar .deviation{background:repeating-linear-gradient(45deg,var(--tone) 0 5px,var(--tone-bg) 5px 7px)}
.bar .not_evaluated{background:repeating-linear-gradient(90deg,var(--tone) 0 3px,var(--tone-bg) 3px 6px)}
.soft{color:var(--soft)}.fine{font-size:.85rem;color:var(--soft)}
footer{margin-top:3rem;border-top:1px solid var(--line);background:var(--card);padding:1.2rem 0;color:var(--soft)}
footer p{margin:0}
@media (min-width:58rem){.tiles{grid-template-columns:repeat(7,1fr)}}
@media (max-width:44rem){
main,header>div,footer>div{padding:0 .9rem}h1{font-size:1.5rem}
.tiles{grid-template-columns:repeat(auto-fit,minmax(6.6rem,1fr))}
.grid{grid-template-columns:1fr;gap:.35rem}.cell{padding:.35rem .65rem .4rem}.cell p{margin:0}
.word,.time,.hash{min-width:0}
table,tbody,tr,td{display:block;width:100%}thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
tr{padding:.45rem .7rem;border-bottom:1px solid var(--line)}tr:last-child{border-bottom:0}
td,td.num{padding:.1rem 0;border:0;text-align:left}
td[data-label]::before{content:attr(data-label) " ";color:var(--soft);font-size:.8rem;font-family:inherit}
td:empty{display:none}}
@media print{:root{color-scheme:light;--paper:#fff}body{font-size:10pt}nav{display:none}
details::details-content{content-visibility:visible;block-size:auto}
.cell,.tiles li,tr,summary{break-inside:avoid}h2,h3,summary{break-after:avoid}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
a{color:inherit;text-decoration:none}@page{margin:16mm 14mm}}
"""
