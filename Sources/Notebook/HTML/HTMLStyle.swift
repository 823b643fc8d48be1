/// How the offline edition looks: light and dark, wide and narrow, on paper.
enum HTMLStyle {
  static let text = [colours, frame, prose, blocks, figures, wide, narrow, paper].joined(separator: "\n")

  private static let colours = """
    :root {
      --paper: #fff; --ink: #1a1a1a; --quiet: #5c5c5c; --line: #d9d9d9; --tint: #f5f5f3; --link: #00589b;
      --good: #00704f; --bad: #b3361d; --keyword: #8f2d7a; --string: #9a4a00; --digits: #1f4fa3; --comment: #5d6b5d;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --paper: #16181a; --ink: #e4e4e1; --quiet: #a0a3a6; --line: #3a3d40; --tint: #202326; --link: #7fbcf0;
        --good: #4fc79d; --bad: #ff8f73; --keyword: #e39ad2; --string: #f0b070; --digits: #8fb7ff; --comment: #94a394;
      }
    }
    """

  private static let frame = """
    * { box-sizing: border-box; }
    html { scroll-padding-top: 3.5rem; text-size-adjust: 100%; -webkit-text-size-adjust: 100%; }
    body { margin: 0; background: var(--paper); color: var(--ink);
      font: 1.0625rem/1.55 Charter, "Iowan Old Style", "Palatino Linotype", "Source Serif 4", Georgia, serif; }
    .control { position: absolute; opacity: 0; }
    .bar { position: sticky; top: 0; z-index: 2; display: flex; gap: .75rem; align-items: center; padding: .3rem 1rem;
      background: var(--paper); border-bottom: 1px solid var(--line); font: .8125rem/1.4 system-ui, sans-serif; }
    .menu { cursor: pointer; color: var(--link); }
    .search { position: relative; flex: 1; min-width: 5rem; max-width: 22rem; margin-right: auto; }
    .search input { width: 100%; font: inherit; padding: .3rem .5rem; color: inherit; background: var(--tint);
      border: 1px solid var(--line); border-radius: 4px; }
    #found { position: absolute; left: 0; top: 100%; width: max(100%, min(30rem, 80vw)); max-height: 70vh; margin: .2rem 0;
      padding: 0; overflow: auto; list-style: none; background: var(--paper); border: 1px solid var(--line);
      border-radius: 4px; }
    #found:empty { display: none; }
    #found a { display: block; padding: .3rem .6rem; color: var(--ink); text-decoration: none; }
    #found a:hover, #found a:focus { background: var(--tint); }
    #found small { color: var(--quiet); }
    .code-switch { display: flex; gap: .6rem; margin: 0; padding: 0; border: 0; white-space: nowrap; }
    .code-switch legend { float: left; color: var(--quiet); padding: 0; }
    .code-switch label { cursor: pointer; }
    .code-switch input { margin: 0; vertical-align: -1px; }
    .contents { font: .8125rem/1.4 system-ui, sans-serif; padding: 1rem; }
    .contents ol { margin: .5rem 0; padding: 0; list-style: none; }
    .contents li a { display: block; padding: .2rem .5rem; color: var(--quiet); text-decoration: none;
      border-left: 2px solid var(--line); }
    .contents li.deep a { padding-left: 1.25rem; font-style: italic; }
    .contents li a:hover { color: var(--link); }
    .contents li a.here { color: var(--ink); border-color: var(--link); }
    .contents .way a { display: block; margin: .2rem 0; }
    footer .way a { margin-right: 1.2rem; }
    main { padding: 0 1rem 4rem; }
    footer { margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--line); font-size: .9rem;
      color: var(--quiet); }
    a { color: var(--link); }
    """

  private static let prose = """
    h1, h2, h3, h4 { line-height: 1.25; font-family: system-ui, sans-serif; text-wrap: balance; }
    h1 { font-size: 1.9rem; margin: 1.5rem 0 1rem; }
    h2 { font-size: 1.4rem; margin: 0 0 .75rem; }
    section, .depth, main .text > h2 ~ h2 { margin-top: 3rem; }
    h3 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
    .anchor { color: var(--quiet); text-decoration: none; font-weight: normal; }
    :is(h2, h3, h4):hover .anchor { color: var(--link); }
    .text p, .text ul, .text ol { margin: .8rem 0; }
    .text li { margin: .25rem 0; }
    blockquote { margin: 1rem 0; padding: .1rem 1rem; border-left: 3px solid var(--link); background: var(--tint); }
    code, pre { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
    code { font-size: .86em; overflow-wrap: break-word; }
    table { border-collapse: collapse; font-size: .9rem; }
    th, td { padding: .3rem .7rem .3rem 0; text-align: left; vertical-align: baseline; border-bottom: 1px solid var(--line); }
    td { font-variant-numeric: tabular-nums; }
    th.right, td.right { text-align: right; padding: .3rem 0 .3rem .9rem; }
    th.center, td.center { text-align: center; }
    thead th { font-weight: normal; color: var(--quiet); border-bottom-color: var(--quiet); }
    .symbols th { white-space: nowrap; font-weight: normal; padding-right: 1.2rem; }
    .scroll { overflow-x: auto; max-width: 100%; }
    hr { border: 0; border-top: 1px solid var(--line); margin: 2rem 0; }
    summary { cursor: pointer; color: var(--link); font: .875rem/1.5 system-ui, sans-serif; }
    math { font-family: "STIX Two Math", "Cambria Math", "Latin Modern Math", "STIX Math", "DejaVu Math TeX Gyre", math; }
    .kept { white-space: nowrap; }
    #meaning { position: absolute; z-index: 3; max-width: 20rem; padding: .3rem .6rem; background: var(--ink);
      color: var(--paper); border-radius: 4px; font: .8125rem/1.4 system-ui, sans-serif; pointer-events: none; }
    #meaning[hidden] { display: none; }
    mtd { padding: .15em .3em; }
    mtable.aligned mtd { padding: .25em 0; text-align: left; }
    mtable.aligned mtd:nth-child(odd) { text-align: right; padding-left: 1em; }
    mtable.aligned mtd:first-child { padding-left: 0; }
    mtable.cases mtd { text-align: left; padding-right: 1em; }
    .boxed { border: 1px solid; padding: .3em .4em; }
    .bold { font-weight: bold; }
    .italic { font-style: italic; }
    mtext.tag { padding-left: 2em; }
    .display { margin: 1rem 0; text-align: center; overflow-x: auto; overflow-y: hidden;
      padding: .2rem 0 .45rem; }
    """

  private static let blocks = """
    .title { font-family: system-ui, sans-serif; font-size: .9375rem; }
    .derivation, .checks, .question, .exercise, figure { margin: 1.5rem 0; }
    .lines { display: grid; grid-template-columns: auto auto minmax(0, auto) minmax(9rem, 1fr); column-gap: .5rem; }
    .line { display: grid; grid-column: 1 / -1; grid-template-columns: subgrid; align-items: center; padding: .1rem .4rem;
      border-radius: 3px; }
    .line:target, .check:target { background: var(--tint); outline: 1px solid var(--link); }
    .line .side, .line .reason { overflow-x: auto; overflow-y: hidden; }
    .line .side { padding: .3rem 0 .45rem; }
    .line .number, .check .mark { color: var(--quiet); text-decoration: none; font: .75rem system-ui, sans-serif; }
    .line .number:hover { color: var(--link); }
    .line .reason { grid-column: 4; padding: .1rem 0 .2rem 1rem; font-size: .9rem; color: var(--quiet); }
    .line .value { grid-column: 4; padding-left: 1rem; font: .6875rem/1.3 system-ui, sans-serif; color: var(--quiet); }
    .line .value:empty, .line .reason:empty { display: none; }
    .failed, .line.failed .value, .failed .value { color: var(--bad); }
    .checks ul { list-style: none; padding: 0; font-size: .95rem; }
    .check { padding: .1rem .4rem .1rem 1.6rem; text-indent: -1.2rem; border-radius: 3px; }
    .check .mark { display: inline-block; width: 1rem; text-indent: 0; color: var(--good); font-weight: bold; }
    .check.failed .mark { color: var(--bad); }
    .check .value, .check .why { font: .8125rem system-ui, sans-serif; color: var(--quiet); }
    .finding { padding: .5rem 1rem; background: var(--tint); border-left: 3px solid var(--good); }
    .question, .exercise { padding: .1rem 1rem .6rem; border: 1px solid var(--line); border-radius: 4px; }
    details { margin: 1rem 0; }
    section.answers { display: none; }
    pre { margin: .6rem 0; padding: .7rem .9rem; overflow-x: auto; background: var(--tint); border-radius: 4px;
      font-size: .78rem; line-height: 1.5; }
    pre code { font-size: inherit; }
    .heart pre { border-left: 3px solid var(--good); }
    .keyword { color: var(--keyword); }
    .string { color: var(--string); }
    .number { color: var(--digits); }
    .comment { color: var(--comment); font-style: italic; }
    body:has(#code-heart:checked) .code:not(.heart, .statement), body:has(#code-none:checked) .code:not(.statement) {
      display: none; }
    .slider { display: flex; flex-wrap: wrap; gap: .2rem .8rem; align-items: center; font: .875rem system-ui, sans-serif; }
    .slider input { flex: 1 1 10rem; max-width: 24rem; }
    """

  /// Light figures in the dark: paper, ink and lines are turned, and the darker of the eight colours are lightened. What a
  /// grid of pixels shows stays as it is.
  private static let figures = """
    figure { margin-left: 0; margin-right: 0; }
    figcaption { font-size: .9rem; color: var(--quiet); margin: .4rem 0; }
    .gallery { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(18rem, 100%), 1fr)); gap: 0 1.5rem; }
    .gallery img { width: 100%; border-radius: 4px; }
    .drawing svg { max-width: 100%; height: auto; display: block; }
    @media (prefers-color-scheme: dark) {
      \(turned) svg > rect[fill="#ffffff"] { fill: var(--paper); }
      \(turned) [fill="#1a1a1a"], \(turned) text[fill="#000000"] { fill: #ededea; }
      \(turned) [fill="#404040"] { fill: #c2c5c8; }
      \(turned) path[stroke="#ffffff"][stroke-opacity] { stroke: var(--paper); }
      \(turned) [stroke="#e6e6e6"] { stroke: #2f3235; }
      \(turned) [stroke="#b3b3b3"] { stroke: #5b5f63; }
    \(recoloured)
    }
    """

  /// The figures that are turned: not those with a shading, a grid of pixels in an `svg` of its own, because its colours
  /// are light, and black is drawn upon it.
  private static let turned = ".drawing:not(:has(svg svg > [shape-rendering]))"

  /// The darker colours of the figures with what they are in the dark.
  private static let recoloured = [
    ("#0072b2", "#4aa8e0"), ("#d55e00", "#f28a3c"), ("#009e73", "#2ec79a"), ("#000000", "#f2f2f2"),
    ("#595959", "#a9a9a9"),
  ].map { light, dark in
    """
      \(turned) path[stroke="\(light)"]:not([shape-rendering] *) { stroke: \(dark); }
      \(turned) :is(path, rect, circle)[fill="\(light)"]:not([shape-rendering] *) { fill: \(dark); }
    """
  }.joined(separator: "\n")

  private static let wide = """
    .row { max-width: 46rem; margin: 0 auto; }
    @media (min-width: 60rem) {
      body { display: grid; grid-template-columns: 15rem minmax(0, 1fr); }
      .control, .menu { display: none; }
      .bar { grid-column: 1 / -1; padding-left: 1.5rem; }
      .contents { position: sticky; top: 2.6rem; max-height: calc(100vh - 2.6rem); overflow-y: auto; align-self: start; }
      main { padding: 0 2rem 4rem; }
    }
    @media (min-width: 90rem) {
      .row { display: grid; grid-template-columns: minmax(0, 44rem) minmax(0, 45rem); gap: 0 2.5rem; max-width: 92rem;
        margin: 0; align-items: start; }
      .cells > :first-child { margin-top: 0; }
      .cells > .code:first-child > pre { margin-top: .2rem; }
      .cells pre { font-size: .72rem; }
    }
    """

  /// At 60rem exactly only `wide` holds: with `max-width` both would, and the text would stand in the margin's column.
  private static let narrow = """
    @media not all and (min-width: 60rem) {
      .contents { display: none; position: fixed; z-index: 1; top: 2.6rem; bottom: 0; left: 0; width: min(22rem, 88vw);
        overflow-y: auto; background: var(--paper); border-right: 1px solid var(--line); }
      body:has(#menu:checked) .contents { display: block; }
    }
    @media (max-width: 44rem) {
      body { font-size: 1rem; }
      .bar { flex-wrap: wrap; gap: .2rem .75rem; padding: .3rem .8rem; }
      .code-switch { width: 100%; }
      #found { left: auto; right: 0; }
      html { scroll-padding-top: 5rem; }
      .contents { top: 4.4rem; }
      .lines { grid-template-columns: auto auto minmax(0, 1fr); }
      .line .reason, .line .value { grid-column: 3; padding-left: 0; }
      h1 { font-size: 1.6rem; }
      pre { margin-left: -1rem; margin-right: -1rem; border-radius: 0; }
    }
    """

  private static let paper = """
    @media print {
      :root { --paper: #fff; --ink: #000; --quiet: #444; --line: #bbb; --tint: #f5f5f5; --link: #000; --good: #000;
        --bad: #000; --keyword: #000; --string: #333; --digits: #000; --comment: #555; }
      body { display: block; font-size: 10pt; }
      .bar, .contents, .control, .anchor, .slider, .question .answer, .way, details.code:not([open]) { display: none !important; }
      .row { display: block; max-width: none; }
      main { padding: 0; }
      pre { white-space: pre-wrap; font-size: 7.5pt; }
      a { color: inherit; text-decoration: none; }
      h1, h2, h3, .title, summary { break-after: avoid; }
      figure, .line, .check, tr, .answer { break-inside: avoid; }
      .scroll, .display, .line .side, .line .reason { overflow: visible; }
      section.answers { display: block; break-before: page; }
    }
    """
}
