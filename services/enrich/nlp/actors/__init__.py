"""Who acts and who is acted on: one record per actor of an article, with all its mentions.

rows.py          lines of the lexicon's files, and errors that name file and line
entries.py       what a lexicon knows of a name, a noun, an office holder
index.py         names of many words looked up in a text by their first word
lexicon.py       all of services/enrich/nlp/lexicon/actors/, read once
drafts.py        an actor while its article is being read
names.py         which stretches of the text are names
headlines.py     lines whose capitals say nothing, and names that are none
people.py        mentions of one person joined; office holders by date
bodies.py        mentions of one state, organisation or people joined
nouns.py         role nouns: "the ministers", "Syrian rebel fighters"
phrases.py       country, sectors and owner of a role noun, from its own noun phrase
attachments.py   titles, appositions and "is": a role noun that says who a name is
anaphora.py      "the minister", "the group" and pronouns, where one actor fits
adjectives.py    states and peoples that an adjective names
behind.py        from an act, document, body part or thing to the actor behind it
answers.py       what can be asked of the actors found, and their records
resolve.py       find_actors: all of these in their order
"""
