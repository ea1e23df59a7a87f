"""Payment gateways and banks: what they are told, what they say, and how both are read.

Nothing here knows dossiers or the database. Money is in whole đồng.
"""
