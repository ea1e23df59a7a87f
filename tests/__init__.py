"""Tests, arranged as the rooms they prove."""
