"""The command line: ``dateline``. A file for each group of commands; main.py puts them together.

Only these and ../demo.py read settings. What a command needs is imported when it runs: each service is an extra of
its own, and a command starts fast.
"""
