"""Certificates, and signatures of documents, in the database."""
