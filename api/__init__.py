"""REST interface and command line: requests in, commands out; no rules."""
