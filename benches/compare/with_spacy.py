"""Reads texts with spaCy: a blank English, sentences by punctuation, an entity ruler and a matcher.

In: a folder and how many bytes of it to read. Out, on stdout: bytes read and seconds of processor time, loading left out.
"""

import json
import sys
import time
from pathlib import Path

import spacy
from spacy.matcher import Matcher

folder, most = Path(sys.argv[1]), int(sys.argv[2])
words = json.loads((Path(__file__).parent / "words.json").read_text())
nlp = spacy.blank("en")
nlp.add_pipe("sentencizer")
ruler = nlp.add_pipe("entity_ruler")
ruler.add_patterns(
    [
        {
            "label": "PERSON",
            "pattern": [
                {"LOWER": {"IN": words["titles"]}},
                {"ORTH": ".", "OP": "?"},
                {"IS_TITLE": True, "OP": "+"},
            ],
        },
        {"label": "ORG", "pattern": [{"IS_TITLE": True, "OP": "+"}, {"LOWER": {"IN": words["organisations"]}}]},
    ]
)
matcher = Matcher(nlp.vocab)
matcher.add("TOLD", [[{"ENT_TYPE": "PERSON", "OP": "*"}, {"LOWER": {"IN": words["verbs"]}}]])
size, found, texts = 0, 0, []
for path in sorted(folder.rglob("*.txt")):
    texts.append(path.read_text(encoding="utf-8"))
    size += path.stat().st_size
    if size >= most:
        break
start = time.process_time()
for text in texts:
    document = nlp(text)
    found += len(document.ents) + len(list(document.sents)) + len(matcher(document))
print(size, time.process_time() - start, found)
