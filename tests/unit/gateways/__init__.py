"""Tests of what is written for gateways and banks, and read from them."""
