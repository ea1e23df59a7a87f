"""Digital signatures of PDF files (PAdES): given, prepared for others to give, examined."""
