"""What happens to a dossier: rules and use cases, free of HTTP and frameworks."""
