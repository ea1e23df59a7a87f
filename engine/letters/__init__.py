"""What people are written, in sentences: pure text, without database or channel."""
