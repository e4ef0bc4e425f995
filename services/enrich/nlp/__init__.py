"""Pure functions from text to records: no Kafka, no Faust, no file read per article.

normalise.py  title and body -> the text that every offset refers to
language.py   which language it is in, and whether that is read here
pipeline.py   the spaCy pipeline, loaded once
entities.py   what the pipeline found -> sentences and entities
groups.py     which mentions are of one thing
"""
