import Programs

extension Page {
  /// The page as one HTML file for reading offline: styles, script and figures are in it, and it loads nothing.
  ///
  /// It is well-formed XML, too.
  public var html: String {
    var writer = HTMLWriter(page: self)
    let sections = sectionsAsRead
    let body = sections.map { writer.html($0) }.joined(separator: "\n")
    let frame = HTMLFrame(title: title, way: neighbours.html, contents: writer.contents(sections), hasCode: true)
    let footer = "<p>This page was computed, figures and all, by <code>\(command.escapedMarkup)</code>.</p>"
    return frame.html(body: body + writer.answers, footer: neighbours.html + footer)
  }
}

/// What stands around the text of every page of the offline edition: bar, contents, style and script.
package struct HTMLFrame {
  let title: String
  /// Links to the neighbouring pages.
  let way: String
  /// The items of the list of contents.
  let contents: String

  /// Whether the page has code that can be shown or not.
  let hasCode: Bool

  package init(title: String, way: String, contents: String, hasCode: Bool) {
    (self.title, self.way, self.contents, self.hasCode) = (title, way, contents, hasCode)
  }

  /// Nothing is loaded from anywhere, whatever the page says.
  private static let policy =
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src 'self' data: file:"

  private static let codeSwitch = """
    <fieldset class="code-switch"><legend>Code</legend>
    <label><input type="radio" name="code" id="code-all" checked="checked"/> all</label>
    <label><input type="radio" name="code" id="code-heart"/> heart only</label>
    <label><input type="radio" name="code" id="code-none"/> none</label>
    </fieldset>
    """

  package func html(body: String, footer: String) -> String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8"/>
    <meta http-equiv="Content-Security-Policy" content="\(HTMLFrame.policy.escapedMarkup)"/>
    <meta name="viewport" content="width=device-width, initial-scale=1"/>
    <meta name="color-scheme" content="light dark"/>
    <link rel="icon" href="data:,"/>
    <title>\(title.escapedMarkup)</title>
    <style>
    \(HTMLStyle.text)
    </style>
    </head>
    <body>
    <input type="checkbox" id="menu" class="control" aria-label="Contents"/>
    <header class="bar">
    <label for="menu" class="menu">Contents</label>
    <div class="search"><input type="search" id="search" placeholder="Search" \
    aria-label="Search headings, symbols, figures and checks"/><ul id="found"></ul></div>
    \(hasCode ? HTMLFrame.codeSwitch : "")
    </header>
    <nav class="contents" aria-label="Contents">
    \(way)
    <ol>
    \(contents)
    </ol>
    </nav>
    <main>
    \(body)
    <footer>
    \(footer)
    </footer>
    </main>
    <script>
    //<![CDATA[
    \(HTMLScript.text)
    //]]>
    </script>
    </body>
    </html>

    """
  }
}

extension Neighbours {
  /// The way to the page before, to all of them, and to the next.
  var html: String {
    func link(_ neighbour: Neighbour?, _ arrow: (String) -> String, _ rel: String) -> String {
      neighbour.map {
        Markup.element("a", ["href": "../\($0.slug)/index.html", "rel": rel], arrow($0.title.escapedMarkup))
      } ?? ""
    }
    let all = Markup.element("a", ["href": "../index.html"], "All lessons")
    let links = [link(previous, { "← \($0)" }, "prev"), all, link(next, { "\($0) →" }, "next")]
    return Markup.element("p", ["class": "way"], links.filter { !$0.isEmpty }.joined(separator: " "))
  }
}
