import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { effort } from "#bin/testing/effort.ts";
import { escapeHtml, excerpt, renderContent, scriptJson } from "./html.ts";
import { newId } from "./ids.ts";
import { absolute, mediaPath } from "./urls.ts";

/** Kinds of injection: the same in Markdown, from a peer as HTML, and as plain text. */
const attacks = [
  "[](/>)",
  "[x](../y)",
  "<a href=/x>y</a>",
  `<script>alert(1)</script>`,
  `<SCRIPT SRC=//e.example/x.js></SCRIPT>`,
  `<scr<script>ipt>alert(1)</scr</script>ipt>`,
  `<img src=x onerror=alert(1)>`,
  `<img src="x" onerror="alert(1)"`,
  `<svg onload=alert(1)><path d="M0"/></svg>`,
  `<svg><script>alert(1)</script></svg>`,
  `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">`,
  `<a href="javascript:alert(1)">x</a>`,
  `<a href=" java\tscript:alert(1)">x</a>`,
  `<a href="&#106;avascript:alert(1)">x</a>`,
  `<a href="data:text/html,<script>alert(1)</script>">x</a>`,
  `<a href="vbscript:msgbox(1)">x</a>`,
  `<a href="//e.example/">x</a>`,
  `<a href="https://e.example/" onclick="alert(1)" style="position:fixed" target="_blank" ping="//e.example">x</a>`,
  `<iframe src="https://e.example"></iframe>`,
  `<iframe srcdoc="<script>alert(1)</script>"></iframe>`,
  `<object data="x.swf"></object><embed src="x.swf">`,
  `<form action="https://e.example"><input name="password"><button>Sign in</button></form>`,
  `<base href="https://e.example/">`,
  `<meta http-equiv="refresh" content="0;url=https://e.example">`,
  `<link rel="stylesheet" href="https://e.example/x.css">`,
  `<style>body{background:url(https://e.example)}</style>`,
  `<div style="background:url(javascript:alert(1))">x</div>`,
  `<p id="content" class="sr-only" name="x">x</p>`,
  `<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>`,
  `<template><script>alert(1)</script></template>`,
  `<textarea></textarea><script>alert(1)</script>`,
  `<xmp><script>alert(1)</script></xmp>`,
  `<!--><script>alert(1)</script>-->`,
  `<![CDATA[<script>alert(1)</script>]]>`,
  `<?php echo 1 ?><script>alert(1)</script>`,
  `<video><source onerror="alert(1)"></video>`,
  `<details open ontoggle=alert(1)>x</details>`,
  `"><script>alert(1)</script>`,
  `</p></main></body><script>alert(1)</script>`,
  `[x](javascript:alert(1))`,
  `[x](JaVaScRiPt:alert(1))`,
  `[x](data:text/html;base64,PHNjcmlwdD4=)`,
  `[x](https://e.example "onmouseover=alert(1)")`,
  `[x](https://e.example" onmouseover="alert(1))`,
  `![x](https://e.example/pixel.png)`,
  `![x](x"onerror="alert(1))`,
  `<https://e.example/"onmouseover="alert(1)>`,
  `<javascript:alert(1)>`,
  `[x]: javascript:alert(1)\n\n[x]`,
  "```<script>\nalert(1)\n```",
  "`<script>alert(1)</script>`",
  `\u0000<scr\u0000ipt>alert(1)</script>`,
  `<a\u0000 href="javascript:alert(1)">x</a>`,
  `&lt;script&gt;alert(1)&lt;/script&gt;`,
];

const allowed = /^(p|br|a|strong|b|em|i|del|s|code|pre|blockquote|ul|ol|li|h[3-6]|hr|table|thead|tbody|tr|th|td)$/;

/** What of a piece of HTML is not on the list, by a reading of its own. */
function illicit(html: string): string[] {
  const found: string[] = [];
  for (const [tag, name, attributes] of html.matchAll(/<\/?([a-zA-Z!?][^\s/>]*)([^>]*)>/g)) {
    if (!allowed.test(name!)) found.push(tag);
    for (const [, key, value] of attributes!.matchAll(/([^\s=/]+)(?:="([^"]*)")?/g)) {
      if (name === "a" && key === "href" && /^(https?:|mailto:)/i.test(value ?? "")) continue;
      if (name === "a" && key === "rel" && value === "nofollow noopener noreferrer ugc") continue;
      if ((name === "ol" && key === "start") || (name === "p" && key === "dir")) continue;
      found.push(`${name} ${key}=${value}`);
    }
  }
  // A "<" that is no tag would be one in another reading.
  if (/<(?![/a-z])/i.test(html)) found.push("a bare <");
  return found;
}

describe("what people write", () => {
  it("is judged by a reading that finds what is wrong", () => {
    expect(attacks.filter((attack) => illicit(attack).length === 0).length).toBeLessThan(14);
  });

  it.each(["text/markdown", "text/html", "text/plain"])("carries nothing that acts, as %s", (mediaType) => {
    for (const attack of attacks)
      for (const text of [
        attack,
        `**bold** ${attack} tail`,
        `> ${attack}`,
        `- ${attack}\n- b`,
        `| a |\n|---|\n| ${attack} |`,
        attack.toUpperCase(),
      ])
        expect(illicit(renderContent(text, mediaType)), text).toEqual([]);
  });

  it("carries nothing that acts, whatever is thrown at it", () => {
    const pieces = fc.constantFrom(
      "<",
      ">",
      "</",
      "/>",
      '"',
      "'",
      "`",
      "&",
      "&lt;",
      "script",
      "a",
      " href=",
      "javascript:",
      " onerror=",
      "[",
      "](",
      ")",
      "![",
      "!--",
      "-->",
      "svg",
      "style",
      "\n",
      "\n\n",
      "\t",
      "\u0000",
      "x",
      " ",
    );
    const nasty = fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(nasty, fc.constantFrom("text/markdown", "text/html", "text/plain"), (text, mediaType) => {
        expect(illicit(renderContent(text, mediaType))).toEqual([]);
      }),
      { numRuns: 3_000 },
    );
  });

  it("keeps what Markdown is for", () => {
    const html = renderContent(
      "# Title\n\n**bold** *soft* `code`\n\n- one\n- two\n\n[us](https://example.org/a?b=1&c=2) a@b.example",
      "text/markdown",
    );
    expect(html).toContain("<h3>Title</h3>");
    expect(html).toContain("<strong>bold</strong> <em>soft</em> <code>code</code>");
    expect(html).toContain("<li>one</li>");
    expect(html).toContain(`<a href="https://example.org/a?b=1&amp;c=2" rel="nofollow noopener noreferrer ugc">us</a>`);
    expect(renderContent("a < b & c > d", "text/markdown")).toBe("<p>a &lt; b &amp; c &gt; d</p>\n");
    expect(renderContent("one\ntwo\n\nthree", "text/plain")).toBe("<p>one<br>two</p><p>three</p>");
    expect(renderContent("1 < 2 <b>not bold</b>", "text/markdown")).toContain("1 &lt; 2 &lt;b&gt;not bold&lt;/b&gt;");
  });

  it("shows pictures of ours in our Markdown, with their words and their host; others' are links", () => {
    const id = newId();
    const show = (text: string, mediaType = "text/markdown") => renderContent(text, mediaType, { pictures: true });
    const mark = `![A table, "laid"](/media/${id})`;
    const shown = `<img src="${absolute(mediaPath(id))}" alt="A table, &quot;laid&quot;" loading="lazy" />`;
    expect(show(mark)).toContain(shown);
    for (const src of ["https://e.example/x.png", `//e.example/media/${id}`, `/media/${id}/../../x`, `/media/${id}?x`])
      expect(show(`![x](${src})`), src).not.toContain("<img");
    expect(show("![a pixel](https://e.example/x.png)")).toContain(
      '<a href="https://e.example/x.png" rel="nofollow noopener noreferrer ugc">a pixel</a>',
    );
  });

  it("has the words of a picture where it shows none, and what stands around it", () => {
    const mark = `![A table, "laid" <b>](/media/${newId()})`;
    const text = `Come.\n\nSee ${mark} ![](/media/${newId()})here`;
    expect(renderContent(text, "text/markdown")).toBe(
      "<p>Come.</p>\n<p>See A table, &quot;laid&quot; &lt;b&gt; here</p>\n",
    );
    expect(excerpt(text, "text/markdown")).toBe('Come. See A table, "laid" <b> here');
    const html = `<a href="https://e.example/"><img class="a" alt="Our <i>hall</i>" src="x"></a><img src="/media/${newId()}">, <b>open</b>`;
    expect(renderContent(html, "text/html", { pictures: true })).toBe(
      '<a href="https://e.example/" rel="nofollow noopener noreferrer ugc">Our &lt;i&gt;hall&lt;/i&gt;</a>, <b>open</b>',
    );
  });

  it("has headings that begin below the page's own and leave no step out", () => {
    const levels = (text: string) =>
      [...renderContent(text, "text/markdown").matchAll(/<h(\d)/g)].map((match) => Number(match[1]));
    expect(levels("# a\n\n## b\n\n# c")).toEqual([3, 4, 3]);
    expect(levels("## a\n\n### b")).toEqual([3, 4]);
    expect(levels("#### a\n\n###### b")).toEqual([3, 4]);
    expect(levels("# a\n\n## b\n\n### c\n\n#### d\n\n##### e\n\n###### f")).toEqual([3, 4, 5, 6, 6, 6]);
    expect(renderContent("<h2 onclick=x>a</h2>", "text/html")).toBe("<h3>a</h3>");
  });

  it.each([
    ["emphasis", "*a_"],
    ["strong", "**a__"],
    ["brackets", "["],
    ["links", "[a]("],
    ["images", "![a"],
    ["quotes", "> "],
    ["lists", "- "],
    ["deep lists", "* * "],
    ["backticks", "`a"],
    ["tables", "|a|"],
    ["tags", "<b>"],
    ["half tags", "<b "],
    ["attributes", `<a href="`],
    ["closing tags", "</b>"],
    ["comments", "<!--"],
    ["entities", "&#"],
    ["addresses", "a@a."],
    ["autolinks", "http://a."],
    ["tildes", "~a~"],
    ["backslashes", "\\"],
    ["newlines", "a\n"],
    ["blanks", " "],
    ["references", "[a]: b\n"],
    ["setext", "a\n="],
    ["marks between addresses", "a@a.**"],
    ["marks between links", "http://a.*"],
    ["quoted lists", "> 1. "],
    ["quoted lines", "> > > > > > > > > > > > > > > > > > > a\n"],
    ["paragraphs of marks", `${"*a_".repeat(190)}\n\n`],
    ["bullets of marks", `- ${"*a_".repeat(190)}\n`],
    ["nested items", Array.from({ length: 240 }, (_, at) => `${"  ".repeat(at)}- a\n`).join("")],
  ])("is rendered in bounded time, however many %s it has", (_, piece) => {
    for (const mediaType of ["text/markdown", "text/html", "text/plain"]) {
      const text = piece.repeat(Math.ceil(1_000_000 / piece.length)).slice(0, 1_000_000);
      const start = effort();
      renderContent(text, mediaType);
      excerpt(text, mediaType);
      expect(effort() - start, mediaType).toBeLessThan(1_500);
    }
  });
});

describe("an excerpt", () => {
  it("is one line of plain text, cut at a word", () => {
    const text = `# Title\n\nSome **bold** words & [a link](https://example.org).\n\n- one\n- two "three" <four>`;
    expect(excerpt(text, "text/markdown")).toBe(`Title Some bold words & a link. one two "three" <four>`);
    expect(excerpt("word ".repeat(100), "text/plain", 20)).toBe("word word word…");
    expect(excerpt("x".repeat(100), "text/plain", 20)).toBe(`${"x".repeat(19)}…`);
    expect(excerpt("&amp;lt;", "text/html")).toBe("&lt;");
    expect(excerpt("", "text/markdown")).toBe("");
  });

  it("is never longer than asked for, nor broken in a character", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", maxLength: 400 }),
        fc.integer({ min: 10, max: 200 }),
        (text, length) => {
          const short = excerpt(text, "text/plain", length);
          expect(short.length).toBeLessThanOrEqual(length);
          expect(short.isWellFormed()).toBe(true);
        },
      ),
    );
  });
});

describe("values in HTML", () => {
  it("cannot leave a text, an attribute or a script element", () => {
    expect(escapeHtml(`<a href="x" title='y'>&`)).toBe("&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;");
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: false }), (value) => {
        const json = scriptJson({ value });
        expect(json).not.toMatch(/[<>&\u2028\u2029]/);
        expect(JSON.stringify(JSON.parse(json))).toBe(JSON.stringify({ value }));
      }),
    );
    expect(scriptJson("</script><!--")).toBe(`"\\u003c/script\\u003e\\u003c!--"`);
  });
});
