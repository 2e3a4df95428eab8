CREATE TABLE concepts ( -- What claims and findings are about, by facet.
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  facet TEXT NOT NULL
);
CREATE TABLE broader_concepts ( -- Each concept with those next above it.
  concept TEXT NOT NULL REFERENCES concepts (id),
  broader TEXT NOT NULL REFERENCES concepts (id),
  PRIMARY KEY (concept, broader)
);
CREATE TABLE topics ( -- Patients' questions, each with its plain answer.
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  answer TEXT NOT NULL
);
CREATE TABLE claims ( -- Propositions that clinics make, each with what the evidence makes of it. The title has both.
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  statement TEXT NOT NULL,
  truth TEXT,
  truth_line TEXT,
  topic TEXT NOT NULL REFERENCES topics (id),
  kind TEXT NOT NULL,
  certainty TEXT,
  harm_status TEXT,
  verdict TEXT,
  review_status TEXT NOT NULL,
  review_by TEXT,
  withdrawn_on TEXT,
  population TEXT REFERENCES concepts (id),
  intervention TEXT REFERENCES concepts (id),
  comparator TEXT REFERENCES concepts (id),
  setting TEXT REFERENCES concepts (id),
  outcome TEXT REFERENCES concepts (id),
  searched_on TEXT,
  searched_where TEXT,
  searched_for TEXT,
  version TEXT NOT NULL,
  records_as_of TEXT
);
CREATE TABLE claim_topics ( -- The claims on which the answer to a question rests, in their order.
  topic TEXT NOT NULL REFERENCES topics (id),
  claim TEXT NOT NULL REFERENCES claims (id),
  place INTEGER NOT NULL,
  PRIMARY KEY (topic, claim)
);
CREATE TABLE claim_relations ( -- How one claim bears on another, and why.
  claim TEXT NOT NULL REFERENCES claims (id),
  other TEXT NOT NULL REFERENCES claims (id),
  how TEXT NOT NULL,
  because TEXT NOT NULL,
  PRIMARY KEY (claim, other)
);
CREATE TABLE pages ( -- Clinic pages, each as it was read on a day.
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  clinic TEXT NOT NULL,
  address TEXT,
  read TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  reply TEXT
);
CREATE TABLE occurrences ( -- The words of a page for a claim, with the verdict on them and on their sentence.
  id TEXT PRIMARY KEY,
  claim TEXT NOT NULL REFERENCES claims (id),
  page TEXT NOT NULL REFERENCES pages (id),
  section TEXT,
  quote TEXT NOT NULL,
  verdict TEXT NOT NULL,
  sentence_verdict TEXT NOT NULL,
  says TEXT, -- JSON
  wording_step INTEGER NOT NULL,
  quote_check TEXT NOT NULL,
  unresolved_citations INTEGER NOT NULL
);
CREATE TABLE sources ( -- Studies, reviews, guidelines, labels and notices.
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  kind TEXT NOT NULL,
  design TEXT NOT NULL,
  text_read TEXT NOT NULL,
  standing TEXT NOT NULL,
  people TEXT,
  risk_of_bias TEXT,
  doi TEXT,
  url TEXT,
  bibtex TEXT NOT NULL
);
CREATE TABLE findings ( -- What a source reports about one outcome.
  id TEXT PRIMARY KEY,
  source TEXT NOT NULL REFERENCES sources (id),
  population TEXT REFERENCES concepts (id),
  intervention TEXT REFERENCES concepts (id),
  comparator TEXT REFERENCES concepts (id),
  setting TEXT REFERENCES concepts (id),
  outcome TEXT REFERENCES concepts (id),
  says TEXT NOT NULL, -- JSON
  share TEXT, -- what the count comes to, where it is not what is printed
  printed_share TEXT,
  printed TEXT,
  place TEXT NOT NULL, -- in the source
  plain TEXT,
  moment TEXT, -- of a count that the source repeats
  read TEXT NOT NULL
);
CREATE TABLE evidence ( -- The findings on a claim, and why each was chosen.
  claim TEXT NOT NULL REFERENCES claims (id),
  finding TEXT NOT NULL REFERENCES findings (id),
  level INTEGER,
  directness TEXT NOT NULL,
  why TEXT NOT NULL,
  PRIMARY KEY (claim, finding)
);
CREATE TABLE set_aside ( -- Findings that bear on a claim and were not used, and why not.
  claim TEXT NOT NULL REFERENCES claims (id),
  finding TEXT NOT NULL REFERENCES findings (id),
  because TEXT NOT NULL,
  PRIMARY KEY (claim, finding)
);
CREATE TABLE comparisons ( -- How a finding bears on the words of a page: whether it decides, and how the two compare.
  occurrence TEXT NOT NULL REFERENCES occurrences (id),
  finding TEXT NOT NULL REFERENCES findings (id),
  decides INTEGER NOT NULL,
  relation TEXT,
  PRIMARY KEY (occurrence, finding)
);
CREATE TABLE citations ( -- The sources that a page cites for its words.
  occurrence TEXT NOT NULL REFERENCES occurrences (id),
  source TEXT NOT NULL REFERENCES sources (id),
  PRIMARY KEY (occurrence, source)
);
CREATE TABLE wordings ( -- Sentences that a clinic may use, written by a person.
  id TEXT PRIMARY KEY,
  claim TEXT NOT NULL REFERENCES claims (id),
  text TEXT NOT NULL
);
CREATE TABLE wording_findings ( -- What such a sentence rests on.
  wording TEXT NOT NULL REFERENCES wordings (id),
  finding TEXT NOT NULL REFERENCES findings (id),
  PRIMARY KEY (wording, finding)
);
CREATE TABLE wording_concepts ( -- The treatments for which such a sentence may be used; without any, for all.
  wording TEXT NOT NULL REFERENCES wordings (id),
  concept TEXT NOT NULL REFERENCES concepts (id),
  PRIMARY KEY (wording, concept)
);
CREATE TABLE flags ( -- What a rule objects to.
  id TEXT PRIMARY KEY,
  rule TEXT NOT NULL,
  category TEXT NOT NULL,
  severity TEXT NOT NULL,
  message TEXT NOT NULL,
  suggestion TEXT
);
CREATE TABLE flag_reasons ( -- What other rules say of the same cause.
  flag TEXT NOT NULL REFERENCES flags (id),
  rule TEXT NOT NULL,
  message TEXT NOT NULL
);
CREATE TABLE flag_claims ( -- The claims that a flag concerns.
  flag TEXT NOT NULL REFERENCES flags (id),
  claim TEXT NOT NULL REFERENCES claims (id),
  PRIMARY KEY (flag, claim)
);
CREATE TABLE flag_occurrences ( -- The words of pages that a flag concerns.
  flag TEXT NOT NULL REFERENCES flags (id),
  occurrence TEXT NOT NULL REFERENCES occurrences (id),
  PRIMARY KEY (flag, occurrence)
);
CREATE TABLE flag_pages ( -- The clinic pages that a flag concerns.
  flag TEXT NOT NULL REFERENCES flags (id),
  page TEXT NOT NULL REFERENCES pages (id),
  PRIMARY KEY (flag, page)
);
CREATE TABLE flag_sources ( -- The sources that a flag concerns or rests on.
  flag TEXT NOT NULL REFERENCES flags (id),
  source TEXT NOT NULL REFERENCES sources (id),
  PRIMARY KEY (flag, source)
);
CREATE VIEW passages AS -- Every passage with its clinic, its verdict, and what the evidence makes of its claim.
  SELECT o.id, p.clinic, o.quote, o.verdict, c.title AS claim, c.truth, c.truth_line, c.certainty, o.page, o.claim AS claim_id
  FROM occurrences o JOIN claims c ON c.id = o.claim JOIN pages p ON p.id = o.page;
CREATE VIRTUAL TABLE claims_fts USING fts5(statement, truth_line, content="claims", tokenize="porter unicode61");
CREATE VIRTUAL TABLE occurrences_fts USING fts5(quote, content="occurrences", tokenize="porter unicode61");
