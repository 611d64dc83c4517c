"""The look of the report: one small sheet of styles, light and dark, no outside files."""

CSS = """
:root{color-scheme:light dark;--paper:#faf6ee;--card:#fffdf8;--ink:#2b2530;--soft:#6d6472;
--line:#e4dac8;--accent:#a5661c;--good:#2f7d4f;--bad:#b3372b;--shade:rgba(60,40,20,.08);
--serif:"Iowan Old Style","Palatino Linotype",Palatino,Georgia,serif;
--sans:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif;
--mono:ui-monospace,"SF Mono",Menlo,Consolas,monospace}
@media (prefers-color-scheme:dark){:root{--paper:#17181d;--card:#1f2127;--ink:#ece6da;
--soft:#a29c96;--line:#33353d;--accent:#e2b262;--good:#7ccf9b;--bad:#f08a7c;--shade:rgba(0,0,0,.35)}}
*{box-sizing:border-box}
html{scroll-behavior:smooth;scroll-padding-top:4rem}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 var(--sans)}
main,header,footer{max-width:1180px;margin:0 auto;padding:0 1.5rem}
header{padding-top:3.5rem;text-align:center}
.eyebrow{margin:0;color:var(--accent);font-size:.8rem;letter-spacing:.16em;text-transform:uppercase}
h1{margin:.3rem 0 .2rem;font:600 clamp(2.2rem,5.5vw,3.8rem)/1.1 var(--serif)}
.by{margin:0 0 1.8rem;color:var(--soft);font-size:1.05rem}
h2{margin:3.6rem 0 .3rem;font:600 1.7rem/1.2 var(--serif)}
h2+p{margin:0 0 1.3rem;color:var(--soft);max-width:46rem}
h3{margin:0;font:600 1.15rem/1.3 var(--serif)}
a{color:var(--accent)}
nav{position:sticky;top:0;z-index:1;background:var(--paper);border-bottom:1px solid var(--line);
margin-top:1.5rem}
nav ul{display:flex;flex-wrap:wrap;justify-content:center;gap:.2rem 1.4rem;max-width:1180px;
margin:0 auto;padding:.7rem 1.5rem;list-style:none}
nav a{color:var(--soft);text-decoration:none;font-size:.92rem}
nav a:hover,nav a:focus{color:var(--accent);text-decoration:underline}
figure{margin:0}
img,video{display:block;max-width:100%;height:auto}
.hero video,.hero img{width:100%;border-radius:10px;background:#000;
box-shadow:0 12px 40px var(--shade)}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(128px,1fr));gap:1px;
margin:1.6rem 0 0;background:var(--line);border:1px solid var(--line);
border-radius:10px;overflow:hidden}
.facts div{background:var(--card);padding:.8rem 1rem}
.facts dt{color:var(--soft);font-size:.75rem;letter-spacing:.06em;text-transform:uppercase}
.facts dd{margin:.1rem 0 0;font-size:1.12rem;font-variant-numeric:tabular-nums}
.facts small{display:block;color:var(--soft);font-size:.8rem}
.files{display:flex;flex-wrap:wrap;justify-content:center;gap:.4rem 1.2rem;margin:1rem 0 0;
padding:0;list-style:none;font-size:.9rem}
.card{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:1.2rem;
margin:0 0 1.3rem;box-shadow:0 2px 10px var(--shade)}
.head{display:flex;flex-wrap:wrap;align-items:baseline;gap:.3rem .8rem;margin-bottom:.8rem}
.head .tag{margin-left:auto}
.tag{color:var(--soft);font-size:.82rem}
.id{color:var(--accent);font:600 .95rem var(--mono)}
.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(320px,1fr));gap:1.1rem}
.side{border:2px solid transparent;border-radius:10px;padding:.5rem;background:var(--paper)}
.side.picked{border-color:var(--accent)}
.side img{width:100%;border-radius:6px}
.side figcaption{padding:.6rem .2rem .1rem}
.badge{display:inline-block;padding:.05rem .55rem;border-radius:99px;background:var(--accent);
color:var(--card);font-size:.75rem;font-weight:600;letter-spacing:.03em}
.score{display:flex;align-items:center;gap:.7rem;font-variant-numeric:tabular-nums;font-size:.9rem}
.bar{flex:1;height:.5rem;border-radius:99px;background:var(--line);overflow:hidden}
.bar i{display:block;height:100%;background:var(--accent)}
.why{margin:.9rem 0 0;padding-left:.9rem;border-left:3px solid var(--accent)}
.board img{width:100%;border-radius:6px}
.panels{display:grid;grid-template-columns:repeat(3,1fr);gap:.9rem 1.1rem;margin:1rem 0 0;padding:0;
list-style:none;font-size:.9rem}
.panels b{font-weight:600}
.panels .how{display:block;color:var(--accent);font-size:.74rem;letter-spacing:.05em;
text-transform:uppercase}
.panels q{display:block;margin-top:.2rem;font-style:italic;color:var(--soft)}
.remark{display:block;color:var(--bad);font-size:.82rem}
.strip img{width:100%;border-radius:6px}
details{background:var(--card);border:1px solid var(--line);border-radius:8px;margin:0 0 .5rem}
summary{cursor:pointer;padding:.6rem 1rem}
summary:hover{color:var(--accent)}
pre{margin:0;padding:.2rem 1rem 1rem;white-space:pre-wrap;overflow-wrap:anywhere;
font:.85rem/1.5 var(--mono)}
.scroll{overflow-x:auto;border:1px solid var(--line);border-radius:10px;background:var(--card)}
table{width:100%;border-collapse:collapse;font-size:.88rem;font-variant-numeric:tabular-nums}
th,td{padding:.45rem .8rem;text-align:left;border-bottom:1px solid var(--line);vertical-align:top}
th{color:var(--soft);font-weight:500;font-size:.78rem;letter-spacing:.04em;text-transform:uppercase;
white-space:nowrap}
td.num,th.num{text-align:right;white-space:nowrap}
tbody tr:last-child td{border-bottom:0}
tfoot td{border-top:2px solid var(--line);font-weight:600}
code{font:.85em var(--mono);color:var(--soft);overflow-wrap:anywhere}
.problems{margin:0;padding:0;list-style:none}
.problems li{background:var(--card);border-left:4px solid var(--accent);border-radius:6px;
padding:.6rem 1rem;margin:0 0 .5rem}
.problems .error{border-color:var(--bad)}
.fine{color:var(--good)}
footer{margin-top:4rem;padding-bottom:3rem;color:var(--soft);font-size:.85rem;text-align:center}
@media (max-width:640px){.panels{grid-template-columns:1fr}h2{margin-top:2.6rem}}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
@media print{nav,video{display:none}.card,tr{break-inside:avoid}}
"""
