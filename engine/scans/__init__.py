"""Scans and photographs become PDF/A that can be searched.

Whatever opens a file that someone sent does so in a process of its own with limits of time and
memory: `worker` starts `make`, `viewing` starts `draw`. Nothing here knows of a database.
"""
