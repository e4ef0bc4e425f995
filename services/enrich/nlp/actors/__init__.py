"""Who acts and who is acted on: one record per actor of an article, with all its mentions.

rows.py          lines of the lexicon's files, and errors that name file and line
entries.py       what a lexicon knows of a name, a noun, an office holder
index.py         names of many words looked up in a text by their first word
lexicon.py       all of services/enrich/nlp/lexicon/actors/, read once
drafts.py        an actor while its article is being read
namesakes.py     places that share their names with a state or a capital
names.py         which stretches of the text are names
seats.py         whether a capital is a city or the government that sits there
ships.py         warships by their names
headlines.py     lines whose capitals say nothing, and names that are none
titles.py        what stands before a name, and names found by their title
people.py        mentions of one person joined; office holders by date
bodies.py        mentions of one state, organisation or people joined
nouns.py         role nouns: "the ministers", "Syrian rebel fighters"
phrases.py       country, sectors and owner of a role noun, from its own noun phrase
attachments.py   titles, appositions and "is": a role noun that says who a name is
quoted.py        which words are quoted, and who speaks them
binding.py       whom a pronoun cannot mean, by grammar
faulted.py       whom a pronoun means that tells why somebody is blamed or punished
salience.py      how prominent a mention is
mentions.py      one mention, and whether a pronoun agrees with it
competitors.py   things and pairs that a pronoun may mean instead
weighing.py      the candidates of a pronoun, and how much each weighs
anaphora.py      "the minister", "the group" and pronouns, where one actor fits
adjectives.py    states and peoples that an adjective names
home.py          the country of who has none of his own, from where the text is
behind.py        from an act, document, body part or thing to the actor behind it
answers.py       what can be asked of the actors found, and their records
resolve.py       find_actors: all of these in their order
"""
