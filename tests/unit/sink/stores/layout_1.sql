-- A store of layout 1, as the first Dateline left it: one article with one entity, and no events.
BEGIN TRANSACTION;
CREATE TABLE actors (
	article_id VARCHAR NOT NULL, 
	version INTEGER NOT NULL, 
	id VARCHAR NOT NULL, 
	name TEXT NOT NULL, 
	kind VARCHAR NOT NULL, 
	country VARCHAR, 
	sectors JSON NOT NULL, 
	code VARCHAR, 
	role TEXT, 
	known_as TEXT, 
	mentions INTEGER NOT NULL, 
	PRIMARY KEY (article_id, version, id), 
	FOREIGN KEY(article_id, version) REFERENCES articles (id, version) ON DELETE CASCADE
);
CREATE TABLE articles (
	id VARCHAR NOT NULL, 
	version INTEGER NOT NULL, 
	status VARCHAR NOT NULL, 
	supersedes INTEGER, 
	source VARCHAR NOT NULL, 
	feed VARCHAR NOT NULL, 
	url VARCHAR, 
	title TEXT NOT NULL, 
	language VARCHAR, 
	language_source VARCHAR, 
	authors JSON NOT NULL, 
	published_at DATETIME, 
	fetched_at DATETIME NOT NULL, 
	content_hash VARCHAR NOT NULL, 
	skipped VARCHAR, 
	duplicate_of VARCHAR, 
	cluster VARCHAR, 
	characters INTEGER NOT NULL, 
	sentences INTEGER NOT NULL, 
	entities INTEGER NOT NULL, 
	events INTEGER NOT NULL, 
	quotations INTEGER NOT NULL, 
	dateline VARCHAR NOT NULL, 
	model VARCHAR NOT NULL, 
	coder VARCHAR, 
	ontology VARCHAR, 
	text TEXT NOT NULL, 
	record BLOB NOT NULL, 
	PRIMARY KEY (id, version)
);
INSERT INTO "articles" VALUES('old',1,'original',NULL,'Torvik Herald','test',NULL,'Minister Vasko meets envoys in Torvik','en',NULL,'["B. Writer"]','2024-05-03 10:30:00.000000','2024-05-03 11:00:00.123456','eeae8147c9cc0365d52b8557342ea4ed8bc31a4d77a945ec16261974c37086de',NULL,NULL,NULL,129,2,1,0,0,'0.1.0','test 1',NULL,NULL,'Minister Vasko meets envoys in Torvik

Foreign minister Ilma Vasko met envoys of Orland in Torvik on 3 May. “We agree,” she said.',X'789C6D52DB8ADB3010FD15A3D77A83E54B9CF8B150681F7AA15D5AE8B204459AB54514C9D5253484FC7B671C3BDB422104CDEDF8CC3973615AB18E39A358CE4EE0837696753C67218A980295BCEEB51506EB218DD8010A306F93319871C94BC0AE47E74FFA90BD072F26A81700C28D102246C99B6522EA6868E0A3B63A44F0D977110E2E3B02C490813DB973C8B4CD6E78386A84ED93E869042CC622C5C17924F0C4DEAEB21F5E23067BCED998F6468701D44E44EC2D8BB27E289A87A27AE46557155D51BC294AFC9FB845F9DF468E75FCAD7859D5CDFA27B64A6723D8B81B4418880108D8F0BA955B298B6ADDA8A6DC6F9AA6ADEA12440D6AB3971517B56A5BB1AD1B907C5DAEF9B6AD65D5169BB582BFF6D92DD2CD421EF4389264B750A5D1682922ECDCCB9293269160F709206A92BC78BA905D1ED72972540951AAF69ADF93D576CEF2727B7DA6379AA0FF1DBCB7D46811FC2665266390F17420C027EE7B4023D997775FBF7DFEC45E394C1FEEBD4B23567B6AB5E248967D3047912D40424637D3271A53482488D20991E6F7AFE4F0F6F00EE77834E2B625BE154AB2A4BD5349A28DFB33EB2E53C5684B1F450357E4F3D1A9892E1D61C62737D5AB7EE8AC33AE3F2FF1E0026D3D800776A53B3D6ADB0782B606D7A2AB68AED73F3899014E');
CREATE TABLE dateline_store (
	layout INTEGER NOT NULL, 
	PRIMARY KEY (layout)
);
INSERT INTO "dateline_store" VALUES(1);
CREATE TABLE dates (
	article_id VARCHAR NOT NULL, 
	version INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	start_char INTEGER NOT NULL, 
	end_char INTEGER NOT NULL, 
	date_from DATETIME, 
	date_to DATETIME, 
	PRIMARY KEY (article_id, version, position), 
	FOREIGN KEY(article_id, version) REFERENCES articles (id, version) ON DELETE CASCADE
);
CREATE TABLE entities (
	article_id VARCHAR NOT NULL, 
	version INTEGER NOT NULL, 
	id VARCHAR NOT NULL, 
	label VARCHAR NOT NULL, 
	text TEXT NOT NULL, 
	start_char INTEGER NOT NULL, 
	end_char INTEGER NOT NULL, 
	sentence INTEGER NOT NULL, 
	group_id VARCHAR NOT NULL, 
	name TEXT NOT NULL, 
	actor VARCHAR, 
	PRIMARY KEY (article_id, version, id), 
	FOREIGN KEY(article_id, version) REFERENCES articles (id, version) ON DELETE CASCADE
);
INSERT INTO "entities" VALUES('old',1,'e1','PERSON','Vasko',9,14,0,'g1','Ilma Vasko',NULL);
CREATE TABLE event_participants (
	article_id VARCHAR NOT NULL, 
	version INTEGER NOT NULL, 
	event_id VARCHAR NOT NULL, 
	part VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	actor VARCHAR, 
	text TEXT NOT NULL, 
	start_char INTEGER NOT NULL, 
	end_char INTEGER NOT NULL, 
	PRIMARY KEY (article_id, version, event_id, part, position), 
	FOREIGN KEY(article_id, version, event_id) REFERENCES events (article_id, version, id) ON DELETE CASCADE
);
CREATE TABLE events (
	article_id VARCHAR NOT NULL, 
	version INTEGER NOT NULL, 
	id VARCHAR NOT NULL, 
	type VARCHAR NOT NULL, 
	plover VARCHAR NOT NULL, 
	mode VARCHAR, 
	contexts JSON NOT NULL, 
	cameo VARCHAR, 
	quad_class INTEGER NOT NULL, 
	score FLOAT NOT NULL, 
	trigger_text TEXT NOT NULL, 
	trigger_lemma TEXT NOT NULL, 
	start_char INTEGER NOT NULL, 
	end_char INTEGER NOT NULL, 
	sentence INTEGER NOT NULL, 
	polarity VARCHAR NOT NULL, 
	modality VARCHAR NOT NULL, 
	tense VARCHAR NOT NULL, 
	speaker VARCHAR, 
	attributions INTEGER NOT NULL, 
	date_text TEXT, 
	date_from DATETIME, 
	date_to DATETIME, 
	place_text TEXT, 
	place_name TEXT, 
	place_country VARCHAR, 
	latitude FLOAT, 
	longitude FLOAT, 
	geonames_id BIGINT, 
	confidence FLOAT NOT NULL, 
	rule VARCHAR NOT NULL, 
	path TEXT NOT NULL, 
	PRIMARY KEY (article_id, version, id), 
	FOREIGN KEY(article_id, version) REFERENCES articles (id, version) ON DELETE CASCADE
);
CREATE TABLE places (
	article_id VARCHAR NOT NULL, 
	version INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	start_char INTEGER NOT NULL, 
	end_char INTEGER NOT NULL, 
	name TEXT, 
	country VARCHAR, 
	admin1 VARCHAR, 
	latitude FLOAT, 
	longitude FLOAT, 
	geonames_id BIGINT, 
	PRIMARY KEY (article_id, version, position), 
	FOREIGN KEY(article_id, version) REFERENCES articles (id, version) ON DELETE CASCADE
);
CREATE TABLE quotations (
	article_id VARCHAR NOT NULL, 
	version INTEGER NOT NULL, 
	id VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	speaker VARCHAR, 
	cue TEXT, 
	text TEXT NOT NULL, 
	start_char INTEGER NOT NULL, 
	end_char INTEGER NOT NULL, 
	PRIMARY KEY (article_id, version, id), 
	FOREIGN KEY(article_id, version) REFERENCES articles (id, version) ON DELETE CASCADE
);
CREATE TABLE watermarks (
	cluster_id VARCHAR NOT NULL, 
	topic VARCHAR NOT NULL, 
	partition INTEGER NOT NULL, 
	topic_uuid VARCHAR NOT NULL, 
	next_offset BIGINT NOT NULL, 
	PRIMARY KEY (cluster_id, topic, partition)
);
INSERT INTO "watermarks" VALUES('cluster','articles.enriched',0,'uuid-1',1);
CREATE INDEX articles_by_time ON articles (published_at);
CREATE INDEX entities_by_name ON entities (name, label);
CREATE INDEX actors_by_code ON actors (code);
CREATE INDEX events_by_type ON events (plover, date_from);
CREATE VIEW current_articles AS SELECT articles.id, articles.version, articles.status, articles.supersedes, articles.source, articles.feed, articles.url, articles.title, articles.language, articles.language_source, articles.authors, articles.published_at, articles.fetched_at, articles.content_hash, articles.skipped, articles.duplicate_of, articles.cluster, articles.characters, articles.sentences, articles.entities, articles.events, articles.quotations, articles.dateline, articles.model, articles.coder, articles.ontology, articles.text 
FROM articles 
WHERE articles.version = (SELECT max(later.version) AS max_1 
FROM articles AS later 
WHERE later.id = articles.id) AND articles.status != 'retraction';
CREATE VIEW current_entities AS SELECT entities.article_id, entities.version, entities.id, entities.label, entities.text, entities.start_char, entities.end_char, entities.sentence, entities.group_id, entities.name, entities.actor 
FROM entities JOIN articles ON entities.article_id = articles.id AND entities.version = articles.version 
WHERE articles.version = (SELECT max(later.version) AS max_1 
FROM articles AS later 
WHERE later.id = articles.id) AND articles.status != 'retraction';
CREATE VIEW current_actors AS SELECT actors.article_id, actors.version, actors.id, actors.name, actors.kind, actors.country, actors.sectors, actors.code, actors.role, actors.known_as, actors.mentions 
FROM actors JOIN articles ON actors.article_id = articles.id AND actors.version = articles.version 
WHERE articles.version = (SELECT max(later.version) AS max_1 
FROM articles AS later 
WHERE later.id = articles.id) AND articles.status != 'retraction';
CREATE VIEW current_events AS SELECT events.article_id, events.version, events.id, events.type, events.plover, events.mode, events.contexts, events.cameo, events.quad_class, events.score, events.trigger_text, events.trigger_lemma, events.start_char, events.end_char, events.sentence, events.polarity, events.modality, events.tense, events.speaker, events.attributions, events.date_text, events.date_from, events.date_to, events.place_text, events.place_name, events.place_country, events.latitude, events.longitude, events.geonames_id, events.confidence, events.rule, events.path 
FROM events JOIN articles ON events.article_id = articles.id AND events.version = articles.version 
WHERE articles.version = (SELECT max(later.version) AS max_1 
FROM articles AS later 
WHERE later.id = articles.id) AND articles.status != 'retraction';
CREATE VIEW current_event_participants AS SELECT event_participants.article_id, event_participants.version, event_participants.event_id, event_participants.part, event_participants.position, event_participants.actor, event_participants.text, event_participants.start_char, event_participants.end_char 
FROM event_participants JOIN articles ON event_participants.article_id = articles.id AND event_participants.version = articles.version 
WHERE articles.version = (SELECT max(later.version) AS max_1 
FROM articles AS later 
WHERE later.id = articles.id) AND articles.status != 'retraction';
CREATE VIEW current_quotations AS SELECT quotations.article_id, quotations.version, quotations.id, quotations.kind, quotations.speaker, quotations.cue, quotations.text, quotations.start_char, quotations.end_char 
FROM quotations JOIN articles ON quotations.article_id = articles.id AND quotations.version = articles.version 
WHERE articles.version = (SELECT max(later.version) AS max_1 
FROM articles AS later 
WHERE later.id = articles.id) AND articles.status != 'retraction';
CREATE VIEW current_places AS SELECT places.article_id, places.version, places.position, places.text, places.start_char, places.end_char, places.name, places.country, places.admin1, places.latitude, places.longitude, places.geonames_id 
FROM places JOIN articles ON places.article_id = articles.id AND places.version = articles.version 
WHERE articles.version = (SELECT max(later.version) AS max_1 
FROM articles AS later 
WHERE later.id = articles.id) AND articles.status != 'retraction';
CREATE VIEW current_dates AS SELECT dates.article_id, dates.version, dates.position, dates.text, dates.start_char, dates.end_char, dates.date_from, dates.date_to 
FROM dates JOIN articles ON dates.article_id = articles.id AND dates.version = articles.version 
WHERE articles.version = (SELECT max(later.version) AS max_1 
FROM articles AS later 
WHERE later.id = articles.id) AND articles.status != 'retraction';
COMMIT;
