//! What the graph says, as triples: entities, records, relations. The same functions serve the facts alone
//! (`graph.ttl`) and the graph of each document (`graph.trig`); only the second adds the words.

use rustc_hash::FxHashMap;

use super::index::{Index, Witness, slug, value};
use super::term::{Base, Iri, LABEL, Object, Triples, date_or_text, fixed, predicate, term, text};
use super::vocabulary::{Scheme, code};
use crate::model::{
    ActionRecord, AttendanceRecord, DecisionRecord, DocumentId, DocumentRecord, Entity, EntityId, EntityKind,
    ItemRecord, MeetingRecord, Predicate, Qualifier, Quote, ReadStatus, Relation, Status, Tenure,
};

/// For whom a person stood, by document.
pub(super) type OnBehalf = FxHashMap<(EntityId, DocumentId), Vec<EntityId>>;

/// Gathers for whom people stood, from the relations at hand.
pub(super) fn on_behalf(relations: &[Relation]) -> OnBehalf {
    let mut map = OnBehalf::default();
    for relation in relations.iter().filter(|r| r.predicate == Predicate::Represents) {
        if let Some(document) = relation.document {
            map.entry((relation.subject, document)).or_default().push(relation.object);
        }
    }
    map
}

/// Describes things to a heap of triples.
pub(super) struct Facts<'i> {
    pub(super) index: &'i Index<'i>,
    /// Whether words are given as spans.
    pub(super) evidence: bool,
    pub(super) out: Triples,
}

impl<'i> Facts<'i> {
    pub(super) fn new(index: &'i Index<'i>, evidence: bool) -> Self {
        Self { index, evidence, out: Triples::default() }
    }

    /// Says which words a node rests on.
    fn words(&mut self, node: &Iri, document: DocumentId, quote: &Quote) {
        if self.evidence && quote.end > quote.start {
            let span = self.span(document, quote);
            self.out.add(node, term!(prov:wasDerivedFrom), span);
        }
    }

    /// The text of a document: frozen, so it is named by its digest.
    pub(super) fn source_text(&self, document: DocumentId) -> Iri {
        let source = &self.index.graph.document(document).source;
        match source.text_sha256.get(..16) {
            Some(digest) => self.index.base.iri(&format!("text/{digest}")),
            None => self.index.iri(self.index.graph.document(document).entity),
        }
    }

    /// A span of a text, as Web Annotation selects it: by position and by words.
    fn span(&mut self, document: DocumentId, quote: &Quote) -> Iri {
        let source = self.source_text(document);
        let part = |what: &str| Iri::Made(format!("{}#{what}={},{}", source.as_str(), quote.start, quote.end).into());
        let (span, selector) = (part("char"), part("selector"));
        self.out.kind(&span, &[term!(oa:SpecificResource)]);
        self.out.add(&span, term!(oa:hasSource), &source);
        self.out.add(&span, term!(oa:hasSelector), &selector);
        self.out.kind(&selector, &[term!(oa:TextPositionSelector), term!(oa:TextQuoteSelector)]);
        self.out.add(&selector, term!(oa:start), quote.start);
        self.out.add(&selector, term!(oa:end), quote.end);
        self.out.add(&selector, term!(oa:exact), text(&quote.text));
        span
    }

    /// An entity as the registry knows it.
    pub(super) fn entity(&mut self, entity: &Entity) {
        let node = self.index.base.iri(&entity.iri);
        let out = &mut self.out;
        out.kind(&node, classes(entity));
        out.add(&node, LABEL, text(&entity.name));
        out.add(&node, term!(skos:prefLabel), text(&entity.name));
        for alias in &entity.details().aliases {
            out.add(&node, term!(skos:altLabel), text(alias));
        }
        out.maybe(&node, term!(quorate:firstSeen), entity.first_seen);
        out.maybe(&node, term!(quorate:lastSeen), entity.last_seen);
        let details = entity.details();
        if entity.kind == EntityKind::Person {
            out.add(&node, term!(foaf:name), text(&entity.name));
            out.text(&node, term!(foaf:givenName), &details.given);
            out.text(&node, term!(foaf:familyName), &details.family);
            for honorific in &details.honorifics {
                out.text(&node, term!(schema:honorificPrefix), honorific);
            }
            for postnominal in &details.postnominals {
                out.text(&node, term!(schema:honorificSuffix), postnominal);
            }
        }
        if let Some(function) = &details.function {
            out.add(&node, term!(org:purpose), self.index.base.iri(&format!("function/{function}")));
        }
        if entity.kind == EntityKind::Role {
            out.add(&node, term!(skos:inScheme), self.index.base.iri("scheme/roles"));
        }
    }

    /// The schemes of roles and of public functions, and the functions.
    pub(super) fn schemes(&mut self) {
        let (base, out) = (self.index.base, &mut self.out);
        for (path, label) in [("scheme/functions", "Public functions"), ("scheme/roles", "Roles")] {
            out.kind(&base.iri(path), &[term!(skos:ConceptScheme)]);
            out.add(&base.iri(path), LABEL, text(label));
        }
        for function in &self.index.graph.functions {
            let node = base.iri(&format!("function/{}", function.key));
            out.kind(&node, &[term!(skos:Concept)]);
            out.add(&node, term!(skos:inScheme), base.iri("scheme/functions"));
            let label = || Object::English(function.label.as_ref().into());
            out.add(&node, LABEL, label());
            out.add(&node, term!(skos:prefLabel), label());
        }
    }

    /// A document, and where words are given its frozen text.
    pub(super) fn document(&mut self, id: DocumentId, record: &DocumentRecord) {
        let node = self.index.iri(record.entity);
        let source = &record.source;
        self.out.kind(&node, &[term!(schema:DigitalDocument)]);
        if let Some(meeting) = record.meeting {
            self.out.kind(&node, &[term!(quorate:Minutes)]);
            self.out.add(&node, term!(schema:about), self.index.iri(meeting));
        }
        self.out.add(&node, LABEL, text(&source.path));
        self.out.text(&node, term!(schema:encodingFormat), &source.format);
        self.out.text(&node, term!(quorate:sha256), &source.sha256);
        let status = match source.status {
            ReadStatus::Read => "read",
            ReadStatus::Partly => "partly",
            ReadStatus::Skipped => "skipped",
        };
        self.out.add(&node, term!(quorate:readStatus), text(status));
        self.out.text(&node, term!(rdfs:comment), &source.message);
        if self.evidence && source.text_sha256.len() >= 16 {
            let frozen = self.source_text(id);
            self.out.add(&node, term!(dcterms:hasFormat), &frozen);
            self.out.kind(&frozen, &[term!(quorate:SourceText)]);
            self.out.add(&frozen, LABEL, text(&format!("Text of {}", source.path)));
            self.out.add(&frozen, term!(quorate:sha256), text(&source.text_sha256));
            self.out.add(&frozen, term!(dcterms:source), &node);
        }
    }

    /// A meeting as a document states it.
    pub(super) fn meeting(&mut self, record: &MeetingRecord) {
        let node = self.index.iri(record.meeting);
        let document = self.index.iri(self.index.graph.document(record.document).entity);
        let out = &mut self.out;
        out.kind(&node, &[term!(quorate:Meeting), term!(schema:Event)]);
        out.add(&node, LABEL, text(&self.index.entity(record.meeting).name));
        out.maybe(&node, term!(schema:organizer), record.body.map(|b| self.index.iri(b)));
        out.text(&node, term!(quorate:organisationAsWritten), &record.body_as_written);
        out.maybe(&node, term!(schema:startDate), record.date);
        out.maybe(&node, term!(schema:startTime), record.start_time);
        out.maybe(&node, term!(schema:endTime), record.end_time);
        out.text(&node, term!(schema:location), record.venue.as_ref().map_or("", |v| &v.text));
        out.maybe(&node, term!(quorate:previousMeeting), record.previous);
        out.maybe(&node, term!(quorate:nextMeeting), record.next);
        out.add(&node, term!(schema:recordedIn), &document);
        out.add(&document, term!(quorate:attendanceRecorded), record.attendance_recorded);
        self.words(&node, record.document, &record.quote);
    }

    /// Whether any document holds a list of who attended a meeting: one answer for each meeting, whatever
    /// the number of its documents.
    pub(super) fn attendance_recorded(&mut self, meeting: EntityId) {
        if self.index.entity(meeting).kind != EntityKind::Meeting {
            return;
        }
        let documents = self.index.describing(meeting);
        let mut records = documents.filter_map(|document| self.index.job.view.of_document(document)).peekable();
        if records.peek().is_some() {
            let recorded = records.any(|r| r.attendance_recorded);
            self.out.add(&self.index.iri(meeting), term!(quorate:attendanceRecorded), recorded);
        }
    }

    /// One person at one meeting.
    pub(super) fn participation(&mut self, record: &AttendanceRecord) {
        let index = self.index;
        let node = index.participation(record.meeting, record.person);
        let out = &mut self.out;
        out.kind(&node, &[term!(quorate:Participation)]);
        let meeting = index.job.view.meeting(record.meeting, Some(record.document));
        let date = meeting.and_then(|m| m.date).map(|d| format!(", {d}")).unwrap_or_default();
        out.add(&node, LABEL, text(&format!("{}{date}", index.entity(record.person).name)));
        out.add(&node, term!(quorate:meeting), index.iri(record.meeting));
        out.add(&node, term!(quorate:person), index.iri(record.person));
        out.add(&node, term!(quorate:status), code(Scheme::Status, record.status.name()));
        out.maybe(&node, term!(quorate:capacity), record.capacity.map(|c| code(Scheme::Capacity, c.name())));
        if record.chair && record.status == Status::Present {
            out.add(&node, term!(quorate:capacity), code(Scheme::Capacity, "chair"));
        }
        for (organisation, words) in &record.organisations {
            out.add(&node, term!(opengov:onBehalfOf), index.iri(*organisation));
            out.text(&node, term!(quorate:organisationAsWritten), words);
        }
        out.text(&node, term!(quorate:nameAsWritten), &record.person_as_written);
        out.text(&node, term!(quorate:roleAsWritten), &record.role);
        out.maybe(&node, term!(quorate:substituteFor), record.substitute_for.map(|p| index.iri(p)));
        out.text(&node, term!(quorate:arrived), &record.arrived);
        out.text(&node, term!(quorate:departed), &record.left);
        if record.remote {
            out.add(&node, term!(quorate:remote), true);
        }
        out.add(&node, term!(quorate:basis), code(Scheme::Basis, "stated"));
        self.words(&node, record.document, &record.quote);
    }

    /// An item of business.
    pub(super) fn item(&mut self, record: &ItemRecord) {
        let node = self.index.iri(record.item);
        let out = &mut self.out;
        out.kind(&node, &[term!(quorate:AgendaItem), term!(schema:Event)]);
        out.add(&node, LABEL, text(&record.title));
        out.add(&node, term!(schema:superEvent), self.index.iri(record.meeting));
        out.add(&node, term!(schema:position), self.index.place(record.item));
        out.text(&node, term!(dcterms:identifier), &record.number);
        self.words(&node, record.document, &record.quote);
    }

    /// A decision.
    pub(super) fn decision(&mut self, record: &DecisionRecord) {
        let index = self.index;
        let node = index.iri(record.decision);
        let out = &mut self.out;
        out.kind(&node, &[term!(quorate:Decision)]);
        out.add(&node, LABEL, text(&index.entity(record.decision).name));
        out.add(&node, term!(quorate:meeting), index.iri(record.meeting));
        out.maybe(&node, term!(quorate:agendaItem), record.item.map(|i| index.iri(i)));
        out.text(&node, term!(dcterms:identifier), &record.number);
        out.text(&node, term!(quorate:verb), &record.verb);
        if !record.outcome.is_empty() {
            out.add(&node, term!(quorate:outcome), code(Scheme::Outcome, &record.outcome));
        }
        out.maybe(&node, term!(quorate:mover), record.mover.map(|p| index.iri(p)));
        out.maybe(&node, term!(quorate:seconder), record.seconder.map(|p| index.iri(p)));
        out.text(&node, term!(schema:text), &record.quote.text);
        out.add(&node, term!(quorate:basis), code(Scheme::Basis, "stated"));
        self.words(&node, record.document, &record.quote);
    }

    /// An action point.
    pub(super) fn action(&mut self, record: &ActionRecord) {
        let index = self.index;
        let node = index.iri(record.action);
        let out = &mut self.out;
        out.kind(&node, &[term!(quorate:Action), term!(schema:Action)]);
        out.add(&node, LABEL, text(&index.entity(record.action).name));
        out.add(&node, term!(quorate:meeting), index.iri(record.meeting));
        out.maybe(&node, term!(quorate:agendaItem), record.item.map(|i| index.iri(i)));
        for owner in &record.owners {
            out.add(&node, term!(schema:agent), index.iri(*owner));
        }
        if !record.due.is_empty() {
            out.add(&node, term!(quorate:due), date_or_text(&record.due));
        }
        out.text(&node, term!(schema:text), &record.quote.text);
        self.words(&node, record.document, &record.quote);
    }

    /// A relation: its simple edge, what standard terms say of it, and the node that bears its words.
    pub(super) fn relation(&mut self, relation: &Relation, on_behalf: &OnBehalf) {
        let index = self.index;
        let (subject, object) = (index.iri(relation.subject), index.iri(relation.object));
        self.out.add(&subject, predicate(relation.predicate), &object);
        if relation.predicate == Predicate::PartOf {
            self.out.add(&subject, term!(org:unitOf), &object);
        }
        let witness = index.witness(relation);
        let node = witness.iri().clone();
        match (relation.predicate, &witness) {
            (Predicate::Presented, Witness::Node(_)) => self.presentation(&node, relation, on_behalf),
            (Predicate::DeclaredInterest, Witness::Node(_)) => self.interest(&node, relation),
            (Predicate::ElectedTo, Witness::Node(_)) => self.election(&node, relation),
            (Predicate::SucceededBy, Witness::Node(_)) => self.change(&node, relation),
            _ => {}
        }
        if let (true, Witness::Statement(_)) = (self.evidence, &witness) {
            self.statement(&node, relation);
        }
        if let Some(document) = relation.document {
            self.words(&node, document, &relation.quote);
        }
    }

    fn presentation(&mut self, node: &Iri, relation: &Relation, on_behalf: &OnBehalf) {
        let index = self.index;
        let who = index.entity(relation.subject);
        let out = &mut self.out;
        out.kind(node, &[term!(quorate:Presentation)]);
        out.add(node, LABEL, text(&format!("{}: {}", who.name, index.entity(relation.object).name)));
        out.add(node, term!(quorate:agendaItem), index.iri(relation.object));
        out.maybe(node, term!(quorate:meeting), relation.meeting.map(|m| index.iri(m)));
        if who.kind == EntityKind::Person {
            out.add(node, term!(quorate:person), index.iri(relation.subject));
            let stood = relation.document.and_then(|d| on_behalf.get(&(relation.subject, d)));
            for organisation in stood.into_iter().flatten() {
                out.add(node, term!(opengov:onBehalfOf), index.iri(*organisation));
            }
        } else {
            out.add(node, term!(opengov:onBehalfOf), index.iri(relation.subject));
        }
        let form = value(relation, Qualifier::Form).map(|form| code(Scheme::Form, form));
        out.maybe(node, term!(quorate:presentationForm), form);
        out.add(node, term!(quorate:basis), code(Scheme::Basis, "stated"));
    }

    fn interest(&mut self, node: &Iri, relation: &Relation) {
        let index = self.index;
        let out = &mut self.out;
        out.kind(node, &[term!(quorate:InterestDeclaration)]);
        let label = format!("{}: {}", index.entity(relation.subject).name, index.entity(relation.object).name);
        out.add(node, LABEL, text(&label));
        out.add(node, term!(quorate:person), index.iri(relation.subject));
        if index.entity(relation.object).kind == EntityKind::Item {
            out.add(node, term!(quorate:agendaItem), index.iri(relation.object));
        }
        out.maybe(node, term!(quorate:meeting), relation.meeting.map(|m| index.iri(m)));
        out.text(node, term!(quorate:interest), value(relation, Qualifier::Interest).unwrap_or_default());
        out.add(node, term!(quorate:basis), code(Scheme::Basis, "stated"));
    }

    fn election(&mut self, node: &Iri, relation: &Relation) {
        let index = self.index;
        let organisation = index.qualifier(relation, Qualifier::Organisation);
        let out = &mut self.out;
        out.kind(node, &[term!(quorate:Election)]);
        let label = format!("{}: {}", index.entity(relation.subject).name, index.entity(relation.object).name);
        out.add(node, LABEL, text(&label));
        out.add(node, term!(quorate:person), index.iri(relation.subject));
        out.add(node, term!(org:role), index.iri(relation.object));
        out.maybe(node, term!(quorate:meeting), relation.meeting.map(|m| index.iri(m)));
        out.maybe(node, term!(org:organization), organisation.map(|o| index.iri(o)));
        out.text(node, term!(quorate:termOfOffice), value(relation, Qualifier::Term).unwrap_or_default());
        out.add(node, term!(quorate:basis), code(Scheme::Basis, "stated"));
    }

    /// A succession as a change; where the text only foresees it, one that is scheduled.
    fn change(&mut self, node: &Iri, relation: &Relation) {
        let index = self.index;
        let (before, after) = (index.iri(relation.subject), index.iri(relation.object));
        let out = &mut self.out;
        out.kind(node, &[term!(org:ChangeEvent)]);
        let label = format!("{} → {}", index.entity(relation.subject).name, index.entity(relation.object).name);
        out.add(node, LABEL, text(&label));
        out.add(node, term!(org:originalOrganization), &before);
        out.add(node, term!(org:resultingOrganization), &after);
        out.add(&before, term!(org:changedBy), node);
        out.add(&after, term!(org:resultedFrom), node);
        let stated = value(relation, Qualifier::Date).map(date_or_text);
        out.maybe(node, term!(dcterms:date), stated.or(relation.valid_from.map(Object::from)));
        if value(relation, Qualifier::Certainty) == Some("planned") {
            out.add(node, term!(schema:eventStatus), fixed(term!(schema:EventScheduled)));
        }
        out.add(node, term!(quorate:basis), code(Scheme::Basis, "stated"));
    }

    /// A relation that no other node describes, as a statement with its qualifiers.
    fn statement(&mut self, node: &Iri, relation: &Relation) {
        let index = self.index;
        let out = &mut self.out;
        out.kind(node, &[term!(quorate:Statement), term!(rdf:Statement)]);
        out.add(node, term!(rdf:subject), index.iri(relation.subject));
        out.add(node, term!(rdf:predicate), fixed(predicate(relation.predicate)));
        out.add(node, term!(rdf:object), index.iri(relation.object));
        out.add(node, term!(quorate:layer), code(Scheme::Layer, relation.layer.name()));
        out.text(node, term!(quorate:rule), &relation.rule);
        out.maybe(node, term!(quorate:meeting), relation.meeting.map(|m| index.iri(m)));
        out.maybe(node, term!(quorate:validFrom), relation.valid_from);
        out.maybe(node, term!(quorate:validTo), relation.valid_to);
        for (qualifier, value) in &relation.qualifiers {
            let entity = index.graph.by_iri(value);
            let object = match qualifier {
                Qualifier::Capacity => code(Scheme::Capacity, value),
                Qualifier::Form => code(Scheme::Form, value),
                Qualifier::Outcome => code(Scheme::Outcome, value),
                _ => entity.map_or_else(|| date_or_text(value), |e| index.iri(e).into()),
            };
            out.add(node, qualifying(*qualifier), object);
        }
    }

    /// A derived relation with what it rests on.
    pub(super) fn derived(&mut self, relation: &Relation) {
        let index = self.index;
        self.relation(relation, &OnBehalf::default());
        let node = index.witness(relation);
        for premise in relation.premises.iter().filter_map(|&i| index.graph.relations.get(i as usize)) {
            self.out.add(node.iri(), term!(prov:wasDerivedFrom), index.witness(&premise).iri());
        }
    }

    /// A tenure as a membership, at a post where there is a role in an organisation.
    pub(super) fn membership(&mut self, node: &Iri, tenure: &Tenure) {
        let index = self.index;
        let name = |id: EntityId| &*index.entity(id).name;
        let out = &mut self.out;
        out.kind(node, &[term!(org:Membership)]);
        let mut label = name(tenure.person).to_owned();
        for (link, id) in [(", ", tenure.role), (", ", tenure.organisation), (", for ", tenure.on_behalf_of)] {
            if let Some(id) = id {
                label.push_str(link);
                label.push_str(name(id));
            }
        }
        out.add(node, LABEL, text(&label));
        out.add(node, term!(org:member), index.iri(tenure.person));
        out.maybe(node, term!(org:organization), tenure.organisation.map(|o| index.iri(o)));
        out.maybe(node, term!(org:role), tenure.role.map(|r| index.iri(r)));
        out.maybe(node, term!(opengov:onBehalfOf), tenure.on_behalf_of.map(|o| index.iri(o)));
        if let Some((role, organisation)) = tenure.role.zip(tenure.organisation) {
            out.add(node, term!(opengov:post), self.index.post(role, organisation));
        }
        out.maybe(node, term!(schema:startDate), tenure.start);
        out.maybe(node, term!(schema:endDate), tenure.end);
        out.maybe(node, term!(quorate:firstSeen), tenure.first_seen);
        out.maybe(node, term!(quorate:lastSeen), tenure.last_seen);
        out.add(node, term!(quorate:timesSeen), tenure.times_seen);
        out.text(node, term!(quorate:termOfOffice), &tenure.term);
        out.add(node, term!(quorate:basis), code(Scheme::Basis, tenure.basis.name()));
        if self.evidence {
            for premise in tenure.premises.iter().filter_map(|&i| index.graph.relations.get(i as usize)) {
                out.add(node, term!(prov:wasDerivedFrom), index.witness(&premise).iri());
            }
        }
    }

    /// A role in an organisation.
    pub(super) fn post(&mut self, role: EntityId, organisation: EntityId) {
        let index = self.index;
        let node = index.post(role, organisation);
        self.out.kind(&node, &[term!(org:Post)]);
        let label = format!("{}, {}", index.entity(role).name, index.entity(organisation).name);
        self.out.add(&node, LABEL, text(&label));
        self.out.add(&node, term!(org:role), index.iri(role));
        self.out.add(&node, term!(org:postIn), index.iri(organisation));
    }
}

impl Index<'_> {
    fn post(&self, role: EntityId, organisation: EntityId) -> Iri {
        Base::part(&self.base.iri("post"), &format!("{}/{}", slug(self.entity(organisation)), slug(self.entity(role))))
    }
}

/// The classes of an entity.
fn classes(entity: &Entity) -> &'static [&'static str] {
    match (entity.kind, &*entity.details().class) {
        (EntityKind::Person, _) => &[term!(schema:Person), term!(foaf:Person)],
        (EntityKind::Organisation, "formal") => &[term!(org:FormalOrganization), term!(org:Organization)],
        (EntityKind::Organisation, "unit") => &[term!(org:OrganizationalUnit), term!(org:Organization)],
        (EntityKind::Organisation, "collaboration") => {
            &[term!(org:OrganizationalCollaboration), term!(org:Organization)]
        }
        (EntityKind::Organisation, _) => &[term!(org:Organization)],
        (EntityKind::Role, _) => &[term!(org:Role), term!(skos:Concept)],
        (EntityKind::Programme, _) => &[term!(schema:Project)],
        (EntityKind::Meeting, _) => &[term!(quorate:Meeting), term!(schema:Event)],
        (EntityKind::Item, _) => &[term!(quorate:AgendaItem), term!(schema:Event)],
        (EntityKind::Decision, _) => &[term!(quorate:Decision)],
        (EntityKind::Action, _) => &[term!(quorate:Action), term!(schema:Action)],
        (EntityKind::Legislation, _) => &[term!(schema:Legislation)],
        (EntityKind::Document, _) => &[term!(schema:DigitalDocument)],
    }
}

/// The property for a qualifier of a statement.
fn qualifying(qualifier: Qualifier) -> &'static str {
    match qualifier {
        Qualifier::Capacity => term!(quorate:capacity),
        Qualifier::Arrived => term!(quorate:arrived),
        Qualifier::Left => term!(quorate:departed),
        Qualifier::Remote => term!(quorate:remote),
        Qualifier::Items => term!(quorate:limitedTo),
        Qualifier::Role => term!(quorate:inRole),
        Qualifier::Organisation => term!(quorate:inOrganisation),
        Qualifier::Term => term!(quorate:termOfOffice),
        Qualifier::Form => term!(quorate:presentationForm),
        Qualifier::Interest => term!(quorate:interest),
        Qualifier::Verb => term!(quorate:verb),
        Qualifier::Outcome => term!(quorate:outcome),
        Qualifier::Due => term!(quorate:due),
        Qualifier::Number => term!(dcterms:identifier),
        Qualifier::Date => term!(dcterms:date),
        Qualifier::Certainty => term!(quorate:certainty),
    }
}
