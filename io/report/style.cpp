#include "io/report/page.h"

namespace myoaxis::report {
namespace {

// Colors of arms: Okabe and Ito (2008), darkened where thin lines on white need it; a0 is the reference.
// Shades of intensity (i) and of sources (s) differ in lightness, so that they survive gray paper.
constexpr std::string_view kStyle = R"css(
:root{--ink:#1b1f24;--soft:#59636e;--line:#8b949e;--grid:#e4e7eb;--paper:#fff;--well:#f5f7f9;--rule:#d4d9de;
--accent:#00598f;--c0:#3a3f45;--c1:#0072b2;--c2:#d55e00;--c3:#009e73;--c4:#b5568f;--c5:#c98500;--c6:#3f9fd6;--c7:#9a8c00;
--i0:#dbe9f4;--i1:#a6cbe3;--i2:#5b9fcb;--i3:#1f6aa5;--i4:#08306b;
--s0:#0072b2;--s1:#e69f00;--s2:#56b4e9;--s3:#006b4e;--s4:#cc79a7;--s5:#f0e442;--s6:#d55e00;--s7:#b0b7be;--s8:#5a6068}
@media screen and (prefers-color-scheme:dark){:root{--ink:#e6e9ec;--soft:#a3adb8;--line:#77818c;--grid:#2c333b;--paper:#14181d;
--well:#1c2229;--rule:#343c45;--accent:#6cb8ea;--c0:#c9d1d9;--c1:#4aa8e0;--c2:#f0803c;--c3:#2fc49a;--c4:#de8fbe;--c5:#e8ac2e;
--c6:#8fd0f5;--c7:#d8cb3c;--i0:#dbe9f4;--i1:#a6cbe3;--i2:#69aeda;--i3:#3a86c2;--i4:#2161a8}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0 auto;padding:0 24px 64px;max-width:1160px;color:var(--ink);background:var(--paper);
font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;overflow-wrap:break-word}
header{padding:40px 0 8px}
h1{font-size:2rem;line-height:1.2;margin:0 0 12px;letter-spacing:-.015em;text-wrap:balance}
h2{font-size:1.4rem;line-height:1.25;margin:0 0 12px;letter-spacing:-.01em}
h3{font-size:1.05rem;margin:28px 0 6px}
section{margin-top:44px;padding-top:26px;border-top:1px solid var(--rule)}
p{margin:0 0 12px;max-width:74ch}
.lead{font-size:1.1rem;color:var(--soft)}
.note{border-left:4px solid var(--accent);background:var(--well);padding:10px 14px;border-radius:0 6px 6px 0;max-width:80ch}
nav ol{list-style:none;display:flex;flex-wrap:wrap;gap:6px 8px;padding:0;margin:18px 0 0}
nav a{display:block;padding:4px 11px;border:1px solid var(--rule);border-radius:99px;text-decoration:none;font-size:.88rem}
nav a:hover{background:var(--well)}
a{color:var(--accent)}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(130px,1fr));gap:10px;margin:20px 0 6px;padding:0}
.facts div{background:var(--well);border-radius:8px;padding:10px 14px}
.facts dt{font-size:.8rem;color:var(--soft)}
.facts dd{margin:0;font-weight:600;font-size:1.08rem}
figure{margin:18px 0 28px}
.panels{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,340px),1fr));gap:18px 22px;align-items:start}
.panel{min-width:0}
.panel svg{display:block;width:100%;height:auto;max-width:400px}
figcaption{margin-top:10px;font-size:.9rem;line-height:1.5;color:var(--soft);max-width:92ch}
.legend{list-style:none;display:flex;flex-wrap:wrap;gap:4px 18px;padding:0;margin:8px 0 12px;font-size:.9rem}
.legend li{display:flex;align-items:center;gap:7px;min-width:0}
.legend svg{flex:none}
.scroll{overflow-x:auto;margin:14px 0 24px;max-width:100%}
table{border-collapse:collapse;font-size:.88rem;font-variant-numeric:tabular-nums;min-width:100%}
caption{text-align:left;font-weight:600;padding:0 0 6px;font-size:.95rem}
th,td{padding:5px 12px 5px 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--grid);font-weight:400}
thead th{font-weight:600;color:var(--soft);border-bottom:1.5px solid var(--line);vertical-align:bottom;font-size:.82rem}
tbody th{font-weight:500}
.n{text-align:right;white-space:nowrap}
thead .n{white-space:normal;min-width:4.5rem}
.w{min-width:16rem;color:var(--soft);font-size:.82rem}
.k,code{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;font-size:.82em;overflow-wrap:anywhere}
.k{min-width:11rem}
.sub{display:block;color:var(--soft);font-size:.92em}
.nb{white-space:nowrap}
.gh th{padding-top:14px;border-bottom-color:var(--rule)}.gh .sub{display:inline;margin-left:10px}
.gh~tr th{padding-left:14px}
.up b,.down b{font-weight:650}
.open{color:var(--soft)}
.tag{display:inline-block;border:1px solid var(--line);border-radius:4px;padding:0 5px;font-size:.78rem;white-space:nowrap}
.tag.assumed{border-style:dashed}
details{margin:8px 0;border:1px solid var(--rule);border-radius:8px;padding:8px 14px}
summary{cursor:pointer;font-weight:550;font-size:.94rem}
pre{background:var(--well);padding:12px 14px;border-radius:8px;overflow-x:auto;font-size:.82rem;line-height:1.5;white-space:pre-wrap;overflow-wrap:anywhere}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
svg{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;fill:var(--ink)}
svg text{font-variant-numeric:tabular-nums}
.t1{font-size:12.5px;font-weight:620}.ol{font-size:11.5px;font-weight:500}.nu{font-size:11.5px;font-weight:620}
.tk,.un,.lb{font-size:10.5px;fill:var(--soft)}.nd{font-size:8px;fill:var(--soft)}
.ax{stroke:var(--line);stroke-width:1;fill:none}.gr{stroke:var(--grid);stroke-width:1;fill:none}
.rf{stroke:var(--soft);stroke-width:1.1;stroke-dasharray:5 3;fill:none}.sh{fill:var(--well)}.pg{fill:var(--paper)}.dk{fill:var(--soft)}
.a0{--c:var(--c0)}.a1{--c:var(--c1)}.a2{--c:var(--c2)}.a3{--c:var(--c3)}.a4{--c:var(--c4)}.a5{--c:var(--c5)}.a6{--c:var(--c6)}.a7{--c:var(--c7)}
.ln{fill:none;stroke:var(--c);stroke-width:1.9;stroke-linejoin:round}
.d1{stroke-dasharray:8 2.5}.d2{stroke-dasharray:2.5 2.5}.d3{stroke-dasharray:9 2.5 2 2.5}.d4{stroke-dasharray:5 4}
.d5{stroke-dasharray:12 4}.d6{stroke-dasharray:1.5 3.5}.d7{stroke-dasharray:9 2 2 2 2 2}
.wh{stroke-width:1.5;stroke-dasharray:none}
.bd{fill:var(--c);opacity:.17}.mk{fill:var(--c);stroke:var(--paper);stroke-width:.7}.ho{fill:var(--paper);stroke:var(--c);stroke-width:1.4}
.th{fill:none;stroke:var(--c);stroke-width:1}.ci{stroke-width:2;stroke-dasharray:none}.br{fill:var(--c);opacity:.72}
.jn{fill:none;stroke:var(--line);stroke-width:.8;opacity:.6}.bf{stroke:var(--ink);stroke-width:1.2;stroke-dasharray:2.5 2}
.cb{fill:var(--well);stroke:var(--grid)}.c0,.c1{fill:none;stroke:var(--grid)}
.i0,.i1,.i2,.i3,.i4{stroke:var(--i3);stroke-width:.9}.i0{fill:var(--i0)}.i1{fill:var(--i1)}.i2{fill:var(--i2)}.i3{fill:var(--i3)}.i4{fill:var(--i4)}
.sk{fill:none;stroke:var(--c2);stroke-width:1.3;stroke-dasharray:2 1.5}
.bw{stroke:var(--ink);stroke-width:1.4}.sg{stroke:var(--paper);stroke-width:1.2}
.s0{fill:var(--s0)}.s1{fill:var(--s1)}.s2{fill:var(--s2)}.s3{fill:var(--s3)}.s4{fill:var(--s4)}.s5{fill:var(--s5)}.s6{fill:var(--s6)}.s7{fill:var(--s7)}.s8{fill:var(--s8)}
.ons0,.ons3,.ons8,.ons6{font-size:10.5px;fill:#fff}.ons1,.ons2,.ons4,.ons5,.ons7{font-size:10.5px;fill:#14181d}
@media (max-width:640px){body{padding:0 16px 48px;font-size:15px}header{padding-top:24px}h1{font-size:1.55rem}
section{margin-top:30px;padding-top:20px}.w{min-width:13rem}.panel svg{max-width:none}
.stack table,.stack tbody,.stack tr,.stack th,.stack td,.stack caption{display:block;min-width:0}.stack thead{display:none}
.stack tr{padding:10px 0;border-bottom:1px solid var(--rule)}.stack th,.stack td{border:0;padding:2px 0;text-align:left;white-space:normal}
.stack tbody th{font-weight:620;padding-left:0}.stack td{display:grid;grid-template-columns:minmax(6.5rem,36%) minmax(0,1fr);gap:10px}
.stack td,.stack th,.stack caption{overflow-wrap:anywhere}.stack .nb{white-space:normal}
.stack td::before{content:attr(data-label);color:var(--soft)}.stack td>*{grid-column:2}
.stack .gh{padding-bottom:0;border-bottom:0}}
@media print{@page{size:A4;margin:15mm 14mm}
body{max-width:none;padding:0;font-size:9.5pt;line-height:1.4}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}
header{padding:0}nav{display:none}h1{font-size:19pt}h2{font-size:14pt}
h2,h3,caption,.legend{break-after:avoid}section{margin-top:16pt;padding-top:10pt}
.panels{display:grid;grid-template-columns:repeat(3,minmax(0,1fr));gap:10pt 12pt}
.panel,tr,li,.note,.facts{break-inside:avoid}.panel svg{max-width:none}
figcaption{font-size:8.5pt;break-before:avoid}table{font-size:7.5pt}.scroll{overflow:visible}thead{display:table-header-group}
.k,.w{min-width:0}.n,.nb{white-space:normal}th,td{padding:2.5pt 6pt 2.5pt 0}
details{border:0;padding:0}details::details-content{content-visibility:visible;display:block;block-size:auto}summary{display:none}
a{color:inherit;text-decoration:none}}
)css";

}  // namespace

std::string_view style_sheet() { return kStyle.substr(1); }

}  // namespace myoaxis::report
