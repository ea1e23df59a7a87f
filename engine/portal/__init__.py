"""What the national portal is told of a dossier: status codes as data, and the message."""
