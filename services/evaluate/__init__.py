"""How good the event coder is, measured against labels, and what a change of it changes.

labels.py (what a label line holds) -> reading.py (files of them) -> gold.py (labels in their places in the text)
-> records.py (what the coder made of the same texts) -> pairing.py (which coded event is which labelled one)
-> figures.py, production.py, calibration.py (numbers) -> run.py (all of a run) -> report.py (tables).
rows.py is the same for the second form of labels. changes.py, difference.py and listing.py compare two runs. The
command gives it the coder; nothing here loads a model.
"""
