// Reads texts with wink-nlp or compromise: sentences, and patterns for people, organisations and verbs.
// In: which of the two, a folder, how many bytes of it to read. Out, on stdout: bytes read and seconds of processor time,
// loading left out.
const fs = require("node:fs");
const path = require("node:path");

const [tool, folder, most] = [process.argv[2], process.argv[3], Number(process.argv[4])];
const words = JSON.parse(fs.readFileSync(path.join(__dirname, "words.json"), "utf8"));

function wink() {
  const nlp = require("wink-nlp")(require("wink-eng-lite-web-model"), ["sbd", "pos", "cer"]);
  const capitals = (list) => list.map((word) => word[0].toUpperCase() + word.slice(1)).join("|");
  nlp.learnCustomEntities([
    { name: "person", patterns: [`[${capitals(words.titles)}] [PROPN] [|PROPN]`] },
    { name: "organisation", patterns: [`[PROPN] [|PROPN] [${capitals(words.organisations)}]`] },
    { name: "told", patterns: [`[${words.verbs.join("|")}]`] },
  ]);
  return (text) => {
    const document = nlp.readDoc(text);
    return document.customEntities().length() + document.sentences().length();
  };
}

function compromise() {
  const nlp = require("compromise/two");
  const patterns = [
    `(${words.titles.join("|")}) #TitleCase+`,
    `#TitleCase+ (${words.organisations.join("|")})`,
    `(${words.verbs.join("|")})`,
  ];
  return (text) => {
    const document = nlp(text);
    return document.length + patterns.reduce((sum, pattern) => sum + document.match(pattern).length, 0);
  };
}

const texts = [];
let size = 0;
for (const name of fs.readdirSync(folder, { recursive: true }).sort()) {
  if (!name.endsWith(".txt")) continue;
  const text = fs.readFileSync(path.join(folder, name), "utf8");
  texts.push(text);
  size += Buffer.byteLength(text);
  if (size >= most) break;
}
const read = tool === "wink" ? wink() : compromise();
const start = process.cpuUsage();
let found = 0;
for (const text of texts) found += read(text);
const used = process.cpuUsage(start);
console.log(size, (used.user + used.system) / 1e6, found);
