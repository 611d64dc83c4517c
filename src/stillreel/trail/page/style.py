"""The look of the page: that of the film's report, and what a chain needs beside it."""

CSS = """
:root{color-scheme:light dark;--paper:#faf6ee;--card:#fffdf8;--ink:#2b2530;--soft:#6d6472;
--line:#e4dac8;--join:#c9b99d;--accent:#a5661c;--good:#2f7d4f;--warn:#94660a;--bad:#b3372b;
--shade:rgba(60,40,20,.08);--badwash:#fbe9e4;
--serif:"Iowan Old Style","Palatino Linotype",Palatino,Georgia,serif;
--sans:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif;
--mono:ui-monospace,"SF Mono",Menlo,Consolas,monospace}
@media (prefers-color-scheme:dark){:root{--paper:#17181d;--card:#1f2127;--ink:#ece6da;
--soft:#a29c96;--line:#33353d;--join:#565a66;--accent:#e2b262;--good:#7ccf9b;--warn:#e6c069;
--bad:#f08a7c;--shade:rgba(0,0,0,.35);--badwash:#33211f}}
*{box-sizing:border-box}
html{scroll-behavior:smooth;scroll-padding-top:1rem}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 var(--sans)}
main,header,footer{max-width:1180px;margin:0 auto;padding:0 1.5rem}
header{padding-top:3rem}
.eyebrow{margin:0;color:var(--accent);font-size:.8rem;letter-spacing:.16em;text-transform:uppercase}
h1{margin:.2rem 0 1.2rem;font:600 clamp(2rem,5vw,3.2rem)/1.1 var(--serif);overflow-wrap:anywhere}
h2{margin:3rem 0 .2rem;font:600 1.7rem/1.2 var(--serif)}
h2+p{margin:0 0 1.2rem;color:var(--soft);max-width:46rem}
a{color:var(--accent)}
.good{color:var(--good)}.warn{color:var(--warn)}.bad{color:var(--bad)}.none{color:var(--soft)}
.verdict{background:var(--card);border:1px solid var(--line);border-left:6px solid currentColor;
border-radius:10px;padding:1rem 1.3rem;box-shadow:0 2px 10px var(--shade)}
.verdict.bad{background:var(--badwash)}
.verdict>*{color:var(--ink)}
.verdict>b{font:600 1.5rem/1.2 var(--serif)}
.verdict p{margin:.3rem 0 0;max-width:62rem}
.verdict ul{margin:.6rem 0 0;padding:0;list-style:none}
.verdict li{margin:.35rem 0}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(190px,1fr));gap:1px;
margin:1.2rem 0 0;background:var(--line);border:1px solid var(--line);border-radius:10px;
overflow:hidden}
.facts div{background:var(--card);padding:.7rem 1rem}
.facts dt{color:var(--soft);font-size:.75rem;letter-spacing:.06em;text-transform:uppercase}
.facts dd{margin:.1rem 0 0;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
.facts small{display:block;color:var(--soft);font-size:.8rem}
.glance{display:grid;grid-template-columns:repeat(auto-fill,minmax(84px,1fr));gap:.45rem;
margin:1.2rem 0 0;padding:0;list-style:none}
.glance a{display:block;color:var(--soft);font-size:.74rem;text-decoration:none;
white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
.glance .pic{width:100%;aspect-ratio:16/9;height:auto;margin-bottom:.15rem}
.glance .bad{font-weight:600}
.glance .bad .pic{outline:3px solid var(--bad);outline-offset:-1px}
.pic{display:grid;place-items:center;flex:none;color:var(--soft);font-size:.66rem;
border-radius:5px;background:var(--line) center/contain no-repeat;
print-color-adjust:exact;-webkit-print-color-adjust:exact}
.chain,.chain ul{margin:0;padding:0;list-style:none}
.chain>li{margin:0 0 .9rem;padding:2px;overflow-x:auto}
.chain>.hurt{border-left:4px solid var(--bad);border-radius:4px;padding-left:.6rem}
.common{display:flex;flex-wrap:wrap;align-items:flex-start;gap:.9rem}
.common>li{margin:0;max-width:100%}
.common .branch{min-width:0}
.branch{display:flex;align-items:center;width:max-content;min-width:100%}
.branch>ul{display:flex;flex-direction:column;gap:.55rem;margin-left:1rem}
.branch>ul>li{position:relative;padding-left:1rem}
.branch>ul>li::before{content:"";position:absolute;left:0;top:50%;width:1rem;
border-top:2px solid var(--join)}
.branch>ul>li::after{content:"";position:absolute;left:0;top:-.3rem;bottom:-.3rem;
border-left:2px solid var(--join)}
.branch>ul>li:first-child::after{top:50%}
.branch>ul>li:last-child::after{bottom:50%}
.branch>ul>li:only-child::after{display:none}
.branch>ul>li:only-child::before{left:-1rem;width:2rem}
.joined{position:relative}
.joined::after{content:"";position:absolute;left:100%;top:50%;width:1rem;
border-top:2px solid var(--join)}
.node,.cluster{width:17rem;background:var(--card);border:1px solid var(--line);border-radius:10px;
padding:.6rem .7rem;box-shadow:0 2px 8px var(--shade);flex:none}
.chain>li>.branch>.node{width:18.5rem}
.chain.common>li>.branch>.node{width:16.5rem}
.face{display:flex;gap:.65rem}
.face .pic{width:96px;height:54px}
.body{min-width:0;flex:1}
.node.top{width:100%;margin:.8rem 0 0;padding:1rem}
.top .pic{width:160px;height:90px}
.top .title{font:600 1.3rem/1.25 var(--serif)}
.node.bad,.chip.bad,.tile.bad{color:var(--ink);border:2px solid var(--bad);
background:var(--badwash)}
.node:target,.tile:target{outline:3px solid var(--accent);outline-offset:2px}
.kind{color:var(--accent);font-size:.68rem;letter-spacing:.07em;text-transform:uppercase}
.kind i{color:var(--soft);font-style:normal;letter-spacing:0;text-transform:none;font-size:.75rem}
.title{font-weight:600;font-size:.95rem;line-height:1.25;overflow-wrap:anywhere}
.by{margin-top:.3rem;color:var(--soft);font-size:.8rem;line-height:1.35;overflow-wrap:anywhere}
.checks{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:0 .5rem;
margin:.3rem 0 0;padding:0;list-style:none;font-size:.76rem;line-height:1.5}
.top .checks{display:flex;flex-wrap:wrap;gap:0 1.6rem;margin-top:.6rem;font-size:.9rem}
.wrong{margin:.3rem 0 0;color:var(--bad);font-size:.82rem;font-weight:600;line-height:1.35}
.wrong.far{font-weight:400}
.badge{display:inline-block;padding:0 .5rem;border-radius:99px;background:var(--bad);
color:var(--card);font-size:.72rem;font-weight:600;letter-spacing:.03em}
details{margin:.25rem 0 0;font-size:.78rem;color:var(--soft)}
summary{cursor:pointer}
summary:hover{color:var(--accent)}
details dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem .6rem;margin:.3rem 0 0}
details dd{margin:0;overflow-wrap:anywhere}
code{font:.9em var(--mono)}
.chips{display:grid;gap:.35rem}
.chips.many{grid-template-columns:1fr 1fr}
.chip{display:flex;align-items:center;gap:.5rem;width:11.75rem;background:var(--card);
border:1px dashed var(--join);border-radius:8px;padding:.25rem .45rem;font-size:.8rem;
line-height:1.25;text-decoration:none;color:var(--ink)}
.chip:hover,.chip:focus{border-style:solid;border-color:var(--accent)}
.chip .pic{width:48px;height:27px;border-radius:3px;font-size:0}
.chip b{display:block;font-weight:600;overflow-wrap:anywhere}
.signs{letter-spacing:.1em;font-weight:700;font-size:.74rem;white-space:nowrap}
.tiles{display:grid;grid-template-columns:repeat(3,1fr);gap:.4rem;margin-top:.4rem}
.tile{border:1px solid transparent;border-radius:6px;font-size:.72rem;line-height:1.25;
overflow-wrap:anywhere}
.tile .pic{width:100%;height:auto;aspect-ratio:16/9;margin-bottom:.15rem}
.more{color:var(--soft);font-size:.85rem}
footer{margin-top:3.5rem;padding-bottom:3rem;color:var(--soft);font-size:.85rem}
footer p{max-width:60rem}
@media (max-width:640px){.branch{display:block;width:auto}.branch>ul{margin:.55rem 0 0}
.chain li .branch>.node,.chain li .cluster{width:100%}
.branch>ul>li::before,.branch>ul>li::after,.joined::after{display:none}}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
@media print{.node,.cluster{break-inside:avoid}}
"""
