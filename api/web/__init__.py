"""The pages: server-rendered HTML over the same commands and queries as REST; no rules here."""
