// Colours a query while it is written, and asks it with Ctrl + Enter. The text stays in a plain field: what is coloured
// is a copy beneath it, so that keyboards, screen readers and pages without this script lose nothing.
"use strict";

const KEYWORDS =
  "add all as asc ask avg base bind bnode bound by clear coalesce concat construct contains copy count create data datatype " +
  "day default delete desc describe distinct drop encode_for_uri exists filter floor from graph group group_concat having " +
  "hours if in insert into iri isblank isiri isliteral isnumeric lang langmatches lcase limit load max md5 min minus minutes " +
  "month move named not now offset optional order prefix rand reduced regex replace round sameterm sample seconds select " +
  "separator service sha1 sha256 silent str strafter strbefore strdt strends strlang strlen strstarts struuid substr sum " +
  "timezone tz ucase undef union uri using uuid values where with year a true false";
const keywords = new Set(KEYWORDS.split(" "));
const TOKEN = new RegExp(
  [
    "(?<comment>#[^\\n]*)",
    "(?<iri><[^<>\"{}|^`\\s]*>)",
    '(?<text>"""[^]*?"""|"(?:[^"\\\\\\n]|\\\\.)*"?|\'(?:[^\'\\\\\\n]|\\\\.)*\'?)',
    "(?<variable>[?$][\\p{L}\\p{N}_]+)",
    "(?<name>[\\p{L}][\\p{L}\\p{N}_.-]*:[\\p{L}\\p{N}_.:%-]*|:[\\p{L}\\p{N}_-]+)",
    "(?<number>\\b[0-9]+(?:\\.[0-9]+)?\\b)",
    "(?<word>[A-Za-z_][A-Za-z_0-9]*)",
  ].join("|"),
  "gu",
);

function coloured(query) {
  const parts = document.createDocumentFragment();
  let at = 0;
  for (const match of query.matchAll(TOKEN)) {
    let [kind] = Object.entries(match.groups).find(([, found]) => found !== undefined);
    if (kind === "word") kind = keywords.has(match[0].toLowerCase()) ? "keyword" : "";
    if (!kind) continue;
    parts.append(query.slice(at, match.index));
    const part = document.createElement("span");
    part.className = kind;
    part.textContent = match[0];
    parts.append(part);
    at = match.index + match[0].length;
  }
  // A last line that is empty has no height unless something stands in it.
  parts.append(query.slice(at) + "\n");
  return parts;
}

for (const editor of document.querySelectorAll(".editor")) {
  const field = editor.querySelector("textarea");
  const copy = editor.querySelector("code");
  const colour = () => copy.replaceChildren(coloured(field.value));
  editor.classList.add("coloured");
  field.addEventListener("input", colour);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      field.form.requestSubmit();
    }
  });
  colour();
}
